import type { Breaker } from '@switchgear/core';
import { chosenBreaker, read } from '@switchgear/core/adapter';
import { begin } from '../call/begin.ts';
import type { Call, CallContext, CallOptions } from '../call/call.ts';
import type { Fallback } from '../fallback/fallback.ts';
import { type Layer, type LayerKind, recommendedOrder } from '../pipeline/order.ts';
import { pipeline } from '../pipeline/pipeline.ts';

/** Any method. */
export type Method = (this: unknown, ...args: unknown[]) => unknown;

/** What one decorator adds to a method. */
export interface DecoratedLayer {
  readonly kind: LayerKind;

  /** The name of the decorator, for errors. */
  readonly decorator: string;

  /** A layer that is the same for all objects. */
  readonly layer?: Layer;

  /** Finds the breaker for one object. */
  readonly breakerOf?: (self: unknown) => unknown;

  /** Makes the fallback of one call. */
  readonly fallbackOf?: (self: unknown, args: readonly unknown[]) => Fallback<unknown>;
}

/** A method before any of our decorators, and what they have added. */
interface Decorated {
  readonly original: Method;
  readonly layers: readonly DecoratedLayer[];
}

/** By the function that stands in for a decorated method, so that the next decorator adds to the same list. */
const decorated = new WeakMap<object, Decorated>();

/**
 * The method inside one more layer. All layers of a method stand in {@link recommendedOrder}, whatever the order in which its
 * decorators are written.
 *
 * @throws {TypeError} if the method has a layer of this kind already, or if the layers cannot work together
 */
export function composed(method: Method, layer: DecoratedLayer, name: string): Method {
  const { original, layers } = decorated.get(method) ?? { original: method, layers: [] };
  const same = layers.find(({ kind }) => kind === layer.kind);
  if (same) {
    const both = `@${layer.decorator} and @${same.decorator}`;
    throw new TypeError(`Switchgear: ${name} has two decorators for its ${layer.kind}: ${both}`);
  }
  const all = [...layers, layer].sort((a, b) => recommendedOrder.indexOf(a.kind) - recommendedOrder.indexOf(b.kind));
  const throughFor = innerLayers(all);
  const fallbackOf = all[0]?.fallbackOf;
  const made: Method = async function (...args) {
    const [options, call] = callOf(this, args, original);
    const through = throughFor(this);
    if (!fallbackOf) return await through(call, options);
    const chain = fallbackOf(this, args);
    return (await chain.run((context) => through(call, context), options)).value;
  };
  keepTraits(method, made);
  decorated.set(made, { original, layers: all });
  return made;
}

type Through = (call: Call<unknown>, options: CallOptions | undefined) => Promise<unknown>;

/** What makes a call through all layers inside the fallback, for one object. */
function innerLayers(all: readonly DecoratedLayer[]): (self: unknown) => Through {
  const inner = all.filter(({ kind }) => kind !== 'fallback');
  const breakerOf = inner.find((each) => each.breakerOf)?.breakerOf;
  const around = (breaker: Breaker | undefined): Through => {
    const layers = inner.flatMap((each) => each.layer ?? (each.breakerOf && breaker) ?? []);
    if (layers.length === 0) return (call, options) => begin(call, options as CallContext);
    const { run } = pipeline(...layers);
    return (call, options) => run(call, options);
  };
  const alone = around(undefined);
  if (!breakerOf) return () => alone;
  /** Made once for each breaker, because names and functions may give another one at any call. */
  const made = new WeakMap<Breaker, Through>();
  return (self) => {
    const breaker = chosenBreaker('the breaker', breakerOf(self));
    if (!breaker) return alone;
    const found = made.get(breaker) ?? around(breaker);
    made.set(breaker, found);
    return found;
  };
}

/**
 * The call of a method, and what its caller says about it. If an argument is an AbortSignal, it is the caller's signal, and the
 * method receives one in its place that also aborts when its time is over.
 */
function callOf(
  self: unknown,
  args: readonly unknown[],
  original: Method,
): readonly [CallOptions | undefined, Call<unknown>] {
  const place = args.findIndex(isSignal);
  if (place < 0) return [undefined, () => original.apply(self, [...args])];
  const call: Call<unknown> = ({ signal }) =>
    original.apply(
      self,
      args.map((each, i) => (i === place ? signal : each)),
    );
  return [{ signal: args[place] as AbortSignal }, call];
}

function isSignal(value: unknown): boolean {
  return typeof read(value, 'aborted') === 'boolean' && typeof read(value, 'addEventListener') === 'function';
}

/** What is seen of a method, such as its name and what other decorators have stored on it: Nest keeps its routes there. */
function keepTraits(from: Method, to: Method): void {
  for (const key of Reflect.ownKeys(from)) {
    if (key !== 'prototype')
      Object.defineProperty(to, key, Object.getOwnPropertyDescriptor(from, key) as PropertyDescriptor);
  }
  // Of `reflect-metadata`, where it is loaded.
  const { getOwnMetadataKeys, getOwnMetadata, defineMetadata } = Reflect as Partial<MetadataReflection>;
  if (!getOwnMetadataKeys || !getOwnMetadata || !defineMetadata) return;
  for (const key of getOwnMetadataKeys(from)) defineMetadata(key, getOwnMetadata(key, from), to);
}

interface MetadataReflection {
  getOwnMetadataKeys(target: object): unknown[];
  getOwnMetadata(key: unknown, target: object): unknown;
  defineMetadata(key: unknown, value: unknown, target: object): void;
}
