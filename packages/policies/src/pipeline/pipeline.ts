import type { Breaker } from '@switchgear/core';
import { begin, notMade } from '../call/begin.ts';
import type { Call, CallContext, CallOptions } from '../call/call-options.ts';
import { DerivedCall, stateOf } from '../call/derived-call.ts';
import type { Fallback } from '../fallback/fallback.ts';
import type { Served } from '../fallback/served.ts';
import { type AnyLayer, describe, isBreaker, type Layer } from './layer.ts';
import { requireOrder } from './order.ts';

/** Layers around a call, in one visible order. */
export interface Pipeline {
  /** Its layers from the caller inwards, as a person reads them. */
  readonly order: readonly string[];

  /** Makes the call through all layers. Its own value or error comes through untouched. */
  run<T>(call: Call<T>, options?: CallOptions): Promise<T>;
}

/** Layers around a call, the first of them a fallback. */
export interface FallbackPipeline<out Out> {
  /** Its layers from the caller inwards, as a person reads them. */
  readonly order: readonly string[];

  /** Makes the call through all layers, and says who answered. */
  run<T>(call: Call<T>, options?: CallOptions): Promise<Served<T | Out>>;
}

/**
 * Puts layers around calls, from the caller inwards; {@link recommendedOrder} is the order we recommend.
 *
 * @throws {TypeError} for an order that cannot work, with the reason
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
  const through = nest(layers.map(throughOf));
  const run: Through = (call, options) => notMade(call, options) ?? through(call, options);
  return { order: layers.map(describe), run: run as Pipeline['run'] };
}

/** A call through a layer, or through several. */
type Through = (call: Call<unknown>, options?: CallOptions) => Promise<unknown>;

/** Inside the last layer there is the call itself, with the context that this layer gives. */
const innermost: Through = (call, options) => begin(call, options as CallContext);

function nest(layers: readonly Through[]): Through {
  return layers.reduceRight<Through>(
    (inner, layer) => (call, options) => layer((context) => inner(call, context), options),
    innermost,
  );
}

function throughOf(layer: AnyLayer): Through {
  return isBreaker(layer)
    ? (call, options) => behind(layer, call, options)
    : (call, options) => layer.run(call, options);
}

/**
 * A breaker makes calls without a context, and looks at the caller's signal. Whether that has fired already is asked here as
 * well: breakers of every make shall then be left alone.
 */
function behind(breaker: Breaker, call: Call<unknown>, options: CallOptions | undefined): Promise<unknown> {
  const signal = stateOf(options);
  const refused = notMade(call, options);
  if (refused) return refused;
  if (options instanceof DerivedCall) return breaker.run(() => call(options), { signal });
  const context = new DerivedCall(options);
  const ending = breaker.run(() => call(context), { signal });
  return ending.finally(() => context.end());
}
