import type { Breaker } from '@switchgear/core';
import { begin, notMade } from '../call/begin.ts';
import type { Call, CallContext, CallOptions } from '../call/call.ts';
import { DerivedCall, stateOf } from '../call/derived-call.ts';
import type { Fallback } from '../fallback/fallback.ts';
import type { Served } from '../fallback/step.ts';
import { type AnyLayer, describe, isBreaker, type Layer, requireOrder } from './order.ts';

/** Layers around a call, in one order that can be read. */
export interface Pipeline {
  /** Its layers from the caller inwards, for people to read. */
  readonly order: readonly string[];

  /** Makes the call through all layers. Its value or error passes through untouched. */
  run<T>(call: Call<T>, options?: CallOptions): Promise<T>;
}

/** Layers around a call, the first of them a fallback. */
export interface FallbackPipeline<out Out> {
  /** Its layers from the caller inwards, for people to read. */
  readonly order: readonly string[];

  /** Makes the call through all layers, and says who answered. */
  run<T>(call: Call<T>, options?: CallOptions): Promise<Served<T | Out>>;
}

/**
 * Puts layers around calls, from the caller inwards; see {@link recommendedOrder}.
 *
 * @throws {TypeError} if the order cannot work, with the reason
 * @example
 * ```ts
 * const orders = pipeline(fallback([value([])]), bulkhead({ concurrent: 10 }), createBreaker({ name: 'orders' }), timeout(1_000));
 * const { value: shown, servedBy } = await orders.run(({ signal }) => listOrders(signal));
 * ```
 */
export function pipeline<Out>(first: Fallback<Out>, ...layers: readonly Layer[]): FallbackPipeline<Out>;
export function pipeline(...layers: readonly Layer[]): Pipeline;
export function pipeline(...layers: readonly AnyLayer[]): Pipeline | FallbackPipeline<unknown> {
  requireOrder(layers);
  const through = nest(layers.map(runThrough));
  const run: RunThrough = (call, options) => notMade(call, options) ?? through(call, options);
  return { order: layers.map(describe), run: run as Pipeline['run'] };
}

/** Makes a call through one or more layers. */
type RunThrough = (call: Call<unknown>, options?: CallOptions) => Promise<unknown>;

/** Inside the last layer is the call itself, with the context that this layer made. */
const innermost: RunThrough = (call, options) => begin(call, options as CallContext);

function nest(layers: readonly RunThrough[]): RunThrough {
  return layers.reduceRight<RunThrough>(
    (inner, layer) => (call, options) => layer((context) => inner(call, context), options),
    innermost,
  );
}

function runThrough(layer: AnyLayer): RunThrough {
  return isBreaker(layer)
    ? (call, options) => throughBreaker(layer, call, options)
    : (call, options) => layer.run(call, options);
}

/**
 * A breaker makes calls without a context, and takes the caller's signal. An aborted signal is also checked here, so that no
 * implementation of a breaker is asked for a permit then.
 */
function throughBreaker(breaker: Breaker, call: Call<unknown>, options: CallOptions | undefined): Promise<unknown> {
  const signal = stateOf(options);
  const refused = notMade(call, options);
  if (refused) return refused;
  if (options instanceof DerivedCall) return breaker.run(() => call(options), { signal });
  const context = new DerivedCall(options);
  const ending = breaker.run(() => call(context), { signal });
  return ending.finally(() => context.end());
}
