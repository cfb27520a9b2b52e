import type { Breaker } from '@switchgear/core';
import { chosenBreaker } from '@switchgear/core/adapter';
import type { AxiosAdapter, AxiosInstance, AxiosRequestConfig, InternalAxiosRequestConfig } from 'axios';
import type { BreakerChoice } from './options.ts';

/** What an instance may have as its adapter: a name, a function, or several to choose from. */
type Adapters = AxiosRequestConfig['adapter'];

/** One protection: its breaker, and the adapter it wraps. */
export interface Layer {
  readonly breaker: BreakerChoice;
  readonly inner: Adapters;

  /** The copy of this package that made it. */
  readonly madeBy: object;

  /** False once ejected. The adapter may live on, in instances made from this one; it then only passes calls through. */
  live: boolean;
}

/** Shared by all copies of this package in a process. A hot reload makes a second copy, and so does `import` beside `require`. */
interface Protections {
  /** Our adapters. They are kept here so that nothing of ours shows on them, except that `toJSON` gives what they wrap. */
  readonly layers: WeakMap<AxiosAdapter, Layer>;

  /** The live layers that each instance was given itself, by its defaults. */
  readonly ofInstances: WeakMap<object, Set<Layer>>;
}

let known: Protections | undefined;

/** Looked up at first use, because nothing happens at import. */
function protections(): Protections {
  known ??= shared({ layers: new WeakMap(), ofInstances: new WeakMap() });
  return known;
}

function shared(ours: Protections): Protections {
  const brand = Symbol.for('@switchgear/axios');
  const all = globalThis as unknown as Record<symbol, Protections | undefined>;
  try {
    // Not enumerable, so that it does not show where a program lists its own globals.
    if (!all[brand]) Object.defineProperty(all, brand, { value: ours });
    return all[brand] ?? ours;
  } catch {
    // The global object is frozen, so each copy keeps its own.
    return ours;
  }
}

/** Remembers that an adapter is a layer, and which instance it was made for. */
export function remember(adapter: AxiosAdapter, layer: Layer, { defaults }: AxiosInstance): void {
  const { layers, ofInstances } = protections();
  layers.set(adapter, layer);
  const own = ofInstances.get(defaults) ?? new Set();
  ofInstances.set(defaults, own.add(layer));
  // In JSON a layer looks like the adapter it wraps, because configs are logged and compared in that form.
  Object.defineProperty(adapter, 'toJSON', { value: () => host(layer) });
}

/** Takes a layer out of use. Its adapter may live on, and then passes calls through. */
export function retire(layer: Layer, { defaults }: AxiosInstance): void {
  layer.live = false;
  protections().ofInstances.get(defaults)?.delete(layer);
}

/** The live protections that an instance was given itself, by any copy of this package, at any depth. */
export function protectionsOf({ defaults }: AxiosInstance): readonly Layer[] {
  return [...(protections().ofInstances.get(defaults) ?? [])].filter(({ live }) => live);
}

function layerOf(adapter: unknown): Layer | undefined {
  return typeof adapter === 'function' ? protections().layers.get(adapter as AxiosAdapter) : undefined;
}

/** The live protections in an adapter, outermost first. Those below an adapter of other code cannot be seen. */
export function liveLayers(adapters: Adapters): readonly Layer[] {
  const layer = layerOf(adapters);
  if (!layer) return [];
  const below = liveLayers(layer.inner);
  return layer.live ? [layer, ...below] : below;
}

/** What a layer wraps, without the layers that have been ejected since. */
export function beneath(layer: Layer): Adapters {
  return below(layer, ({ live }) => live);
}

/** What all layers wrap, from this one down. */
export function host(layer: Layer): Adapters {
  return below(layer, () => false);
}

/** What a layer wraps, without the layers that do not count. */
function below({ inner }: Layer, counts: (layer: Layer) => boolean): Adapters {
  const layer = layerOf(inner);
  return layer && !counts(layer) ? below(layer, counts) : inner;
}

/** An adapter without the layers that have been ejected. */
export function withoutEjected(adapters: Adapters): Adapters {
  const layer = layerOf(adapters);
  return layer && !layer.live ? beneath(layer) : adapters;
}

/** Whether these are all names of axios' own adapters, and not functions. */
export function areAxiosOwn(adapters: Adapters): boolean {
  return [adapters].flat().every((each) => each === undefined || typeof each === 'string');
}

/**
 * The breaker that a layer uses for this request. A request that names its own breaker is left to the innermost layer, so
 * that nested protections do not each take a permit from it.
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
