import type { Millis } from '@switchgear/core';
import { invalid, requireFunction, requireOptions } from '@switchgear/core/adapter';
import { requireDelay, requireLimit, requireMethod } from '../call/requirement.ts';
import type { FallbackStep } from './step.ts';

/** Options of {@link fallback}. */
export interface FallbackOptions {
  /**
   * Whether to fall back from an error, for example only from a breaker's refusal; otherwise the caller gets the error. It is
   * not asked if the caller has given up. If it throws or returns a promise, that is reported and counts as false: the caller
   * gets the call's own error.
   *
   * @default undefined fall back from every error
   */
  readonly when?: (error: unknown) => boolean;

  /**
   * Milliseconds that a step without a `limit` of its own may take; then the next step is asked.
   *
   * @default 1_000 for each step, because the caller has already waited for the call
   */
  readonly limit?: Millis;

  /**
   * Receives errors that did not decide the call, and their place: `when`, a step's `keep`, a store's `get` or `set`. What it
   * throws itself is ignored.
   *
   * @default undefined
   */
  readonly onError?: (error: unknown, where: string) => void;
}

/** Options with their defaults. */
export type ResolvedFallback = Pick<Required<FallbackOptions>, 'limit'> & {
  readonly [Option in 'when' | 'onError']: FallbackOptions[Option] | undefined;
};

/** The only place where a fallback's defaults are defined, and its options and steps checked. */
export function resolveFallback(steps: readonly FallbackStep<unknown>[], options: FallbackOptions): ResolvedFallback {
  const { when, limit = 1_000, onError } = requireOptions('fallback', options, ['when', 'limit', 'onError']);
  if (when !== undefined) requireFunction('when', when, 'a function', when, 'isCircuitOpen');
  requireDelay('limit', limit);
  if (onError !== undefined) requireFunction('onError', onError, 'a function', onError, 'console.error');
  if (!Array.isArray(steps) || steps.length === 0) invalid('fallback', 'a list of at least one step', steps, EXAMPLE);
  for (const step of steps) {
    requireMethod('fallback', step, 'answer', 'a list of steps such as value(0)', EXAMPLE);
    requireLimit(step.limit);
  }
  const last = steps.findIndex(({ isLast }) => isLast);
  if (last !== -1 && last < steps.length - 1) {
    const after = steps[last + 1]?.servedBy;
    const before = steps[last]?.servedBy;
    throw new TypeError(
      `Switchgear: fallback: ${after} after ${before} is never tried, because ${before} always answers`,
    );
  }
  return { when, limit, onError };
}

const EXAMPLE = 'fallback([cached({ maxAge: 60_000 }), value(null)])';
