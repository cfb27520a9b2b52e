import type { Breaker } from '@switchgear/core';
import {
  type BulkheadOptions,
  bulkhead,
  type DeadlineOptions,
  deadline,
  type HealthProbeOptions,
  type Layer,
  type RetryBudgetOptions,
  timeout,
} from '@switchgear/policies';
import type { BreakerData } from './data.ts';

/** What a file says about the policies around one breaker, ready for the functions of `@switchgear/policies`. */
export interface PolicySettings {
  /** For `timeout(…)`, in milliseconds. */
  readonly timeout?: number;

  /** For `deadline(…)`. */
  readonly deadline?: DeadlineOptions;

  /** For `bulkhead(…)`. */
  readonly bulkhead?: BulkheadOptions;

  /** For `retryBudget(…)`. */
  readonly retryBudget?: RetryBudgetOptions;

  /** For `cached(…)` of a fallback. */
  readonly cached?: { readonly maxAge: number; readonly limit?: number };

  /** For `healthProbe(…)`, beside the breaker and the ping, which only a program can say. */
  readonly healthProbe?: Pick<HealthProbeOptions, 'every' | 'pingFor' | 'unhealthyAfter' | 'whenUnhealthy'>;
}

/** The part of a breaker's settings that is about policies; undefined if there is none. */
export function policiesOf(name: string, data: BreakerData): PolicySettings | undefined {
  const { timeout: limit, deadline: time, bulkhead: places, retryBudget, fallback, healthProbe } = data;
  const settings: PolicySettings = {
    ...(limit !== undefined && { timeout: limit }),
    ...(time && { deadline: time }),
    ...(places && { bulkhead: { name, ...places } }),
    ...(retryBudget && { retryBudget }),
    ...(fallback && { cached: fallback.cached }),
    ...(healthProbe && { healthProbe }),
  };
  return Object.keys(settings).length === 0 ? undefined : settings;
}

/**
 * The layers around calls that a file asks for, in the order that is recommended, for `pipeline(…)`. A fallback and a retry
 * budget are not among them, because only a program can say what is kept and what is repeated.
 *
 * @throws {TypeError | RangeError} if a limit is out of range
 * @example
 * ```ts
 * const orders = pipeline(...layersOf(registry.get('orders'), settings.policies.get('orders')));
 * ```
 */
export function layersOf(breaker: Breaker, settings: PolicySettings = {}): readonly [Layer, ...Layer[]] {
  const { timeout: limit, deadline: time, bulkhead: places } = settings;
  const layers: Layer[] = [];
  if (time) layers.push(deadline(time));
  if (places) layers.push(bulkhead(places));
  layers.push(breaker);
  if (limit !== undefined) layers.push(timeout(limit));
  return layers as [Layer, ...Layer[]];
}
