import type { Breaker } from '@switchgear/core';
import type { AxiosAdapter, AxiosInstance, AxiosRequestConfig, InternalAxiosRequestConfig } from 'axios';

/** What an instance may have for an adapter: a name, a function, or several to choose from. */
export type Adapters = AxiosRequestConfig['adapter'];

/** The breaker of every request, or of each; `undefined` lets a request through unprotected. */
export type BreakerChoice = Breaker | ((config: InternalAxiosRequestConfig) => Breaker | undefined);

/** One protection: what it guards with, and what it lies on. */
export interface Layer {
  readonly breaker: BreakerChoice;
  readonly inner: Adapters;

  /** Of the copy of this package that made it. */
  readonly madeBy: object;

  /** False once ejected. The adapter may live on, in instances made from this one; it then only passes through. */
  live: boolean;
}

/** What every copy of this package in a process shares. Two copies are there with a hot reload, or with `import` beside `require`. */
interface Protections {
  /** The adapters that are ours. Kept here, so that nothing of ours shows on them but what they lie on, in JSON. */
  readonly layers: WeakMap<AxiosAdapter, Layer>;

  /** The live layers that each instance was given itself, by its defaults. */
  readonly ofInstances: WeakMap<object, Set<Layer>>;
}

let known: Protections | undefined;

/** Looked up at the first use, because nothing happens at import. */
function protections(): Protections {
  known ??= shared({ layers: new WeakMap(), ofInstances: new WeakMap() });
  return known;
}

function shared(ours: Protections): Protections {
  const brand = Symbol.for('@switchgear/axios');
  const all = globalThis as unknown as Record<symbol, Protections | undefined>;
  try {
    // Not enumerable, so that a program that lists what is global finds what it put there.
    if (!all[brand]) Object.defineProperty(all, brand, { value: ours });
    return all[brand] ?? ours;
  } catch {
    // The global object is frozen: each copy knows its own.
    return ours;
  }
}

/** The layer that an adapter is, if it is one. */
export function layerOf(adapter: unknown): Layer | undefined {
  return typeof adapter === 'function' ? protections().layers.get(adapter as AxiosAdapter) : undefined;
}

/** Remembers that an adapter is a layer, and for whom it was made. */
export function remember(adapter: AxiosAdapter, layer: Layer, { defaults }: AxiosInstance): void {
  const { layers, ofInstances } = protections();
  layers.set(adapter, layer);
  const own = ofInstances.get(defaults) ?? new Set();
  ofInstances.set(defaults, own.add(layer));
}

/** The live protections that an instance was given itself, by whatever copy of this package, wherever they lie. */
export function protectionsOf({ defaults }: AxiosInstance): readonly Layer[] {
  return [...(protections().ofInstances.get(defaults) ?? [])].filter(({ live }) => live);
}

/** Takes a layer out of use. Its adapter may live on, and then passes through. */
export function retire(layer: Layer, { defaults }: AxiosInstance): void {
  layer.live = false;
  protections().ofInstances.get(defaults)?.delete(layer);
}
