import type { Breaker } from '@switchgear/core';
import type { AxiosAdapter, AxiosRequestConfig, InternalAxiosRequestConfig } from 'axios';

/** What an instance may have for an adapter: a name, a function, or several to choose from. */
export type Adapters = AxiosRequestConfig['adapter'];

/** The breaker of every request, or of each; `undefined` lets a request through unprotected. */
export type BreakerChoice = Breaker | ((config: InternalAxiosRequestConfig) => Breaker | undefined);

/** One protection: what it guards with, and what it lies on. */
export interface Layer {
  readonly breaker: BreakerChoice;
  readonly inner: Adapters;

  /** False once ejected. The adapter may live on, in instances made from this one; it then only passes through. */
  live: boolean;
}

/** The adapters that are ours. Kept here, so that nothing of ours shows on them but what they lie on, in JSON. */
const layers: WeakMap<AxiosAdapter, Layer> = new WeakMap();

/** Marks an adapter as a layer. In JSON it stays what it lies on: a config is logged and compared in that form. */
export function markLayer(adapter: AxiosAdapter, layer: Layer): void {
  layers.set(adapter, layer);
  Object.defineProperty(adapter, 'toJSON', { value: () => under(layer, () => false) });
}

/** The live protections in an adapter, outermost first. Those under an adapter of somebody else's cannot be seen. */
export function liveLayers(adapters: Adapters): readonly Layer[] {
  const layer = typeof adapters === 'function' ? layers.get(adapters) : undefined;
  if (!layer) return [];
  const below = liveLayers(layer.inner);
  return layer.live ? [layer, ...below] : below;
}

/** What a layer lies on, without the layers that have been ejected since. */
export function beneath(layer: Layer): Adapters {
  return under(layer, ({ live }) => live);
}

/** What a layer lies on, without the layers that do not count. */
function under({ inner }: Layer, counts: (layer: Layer) => boolean): Adapters {
  const layer = typeof inner === 'function' ? layers.get(inner) : undefined;
  return layer && !counts(layer) ? under(layer, counts) : inner;
}

/**
 * The breaker a layer asks for this request. A request that names its own is left to the innermost layer, so that
 * nested protections do not take a permit each from the same breaker.
 */
export function breakerFor(layer: Layer, config: InternalAxiosRequestConfig): Breaker | undefined {
  if (!layer.live || config.breaker === false) return undefined;
  if (config.breaker) return liveLayers(layer.inner).length === 0 ? config.breaker : undefined;
  return typeof layer.breaker === 'function' ? layer.breaker(config) : layer.breaker;
}
