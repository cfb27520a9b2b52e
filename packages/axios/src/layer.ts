import type { Breaker } from '@switchgear/core';
import { chosenBreaker } from '@switchgear/core/adapter';
import type { AxiosAdapter, InternalAxiosRequestConfig } from 'axios';
import { type Adapters, type Layer, layerOf } from './protections.ts';

/** In JSON a layer stays what it lies on: a config is logged and compared in that form. */
export function hideInJson(adapter: AxiosAdapter, layer: Layer): void {
  Object.defineProperty(adapter, 'toJSON', { value: () => host(layer) });
}

/** The live protections in an adapter, outermost first. Those under an adapter of somebody else's cannot be seen. */
export function liveLayers(adapters: Adapters): readonly Layer[] {
  const layer = layerOf(adapters);
  if (!layer) return [];
  const below = liveLayers(layer.inner);
  return layer.live ? [layer, ...below] : below;
}

/** What a layer lies on, without the layers that have been ejected since. */
export function beneath(layer: Layer): Adapters {
  return under(layer, ({ live }) => live);
}

/** What all layers lie on, down from this one. */
export function host(layer: Layer): Adapters {
  return under(layer, () => false);
}

/** What there is without the layers that have been ejected. */
export function withoutEjected(adapters: Adapters): Adapters {
  const layer = layerOf(adapters);
  return layer && !layer.live ? beneath(layer) : adapters;
}

/** Whether these are names of axios' own adapters, and no function of another's. */
export function areAxiosOwn(adapters: Adapters): boolean {
  return [adapters].flat().every((each) => each === undefined || typeof each === 'string');
}

/** What a layer lies on, without the layers that do not count. */
function under({ inner }: Layer, counts: (layer: Layer) => boolean): Adapters {
  const layer = layerOf(inner);
  return layer && !counts(layer) ? under(layer, counts) : inner;
}

/**
 * The breaker a layer asks for this request. A request that names its own is left to the innermost layer, so that
 * nested protections do not take a permit each from the same breaker.
 */
export function breakerFor(layer: Layer, config: InternalAxiosRequestConfig): Breaker | undefined {
  if (!layer.live || config.breaker === false) return undefined;
  if (config.breaker) {
    return liveLayers(layer.inner).length === 0 ? chosenBreaker("a request's breaker", config.breaker) : undefined;
  }
  return typeof layer.breaker === 'function'
    ? chosenBreaker('what breaker picks', layer.breaker(config))
    : layer.breaker;
}
