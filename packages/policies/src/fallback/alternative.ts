import { type Breaker, requireFunction, requireOptions } from '@switchgear/core';
import type { Call } from '../call/call-options.ts';
import { stateOf } from '../call/derived-call.ts';
import { requireMethod } from '../options/requirement.ts';
import type { FallbackStep } from './step.ts';

/** Options of {@link alternative}. */
export interface AlternativeOptions {
  /** The alternative's own breaker: it may be down as well, and is then left alone too. Not that of the call. */
  readonly breaker: Breaker;
}

/**
 * Another service that can answer, behind a breaker of its own. What it throws, or that its breaker refuses, leaves the
 * answer to the next step.
 *
 * @throws {TypeError} for what is no function, and without a breaker
 * @example
 * ```ts
 * alternative(({ signal }) => fetch('https://backup.example', { signal }), { breaker: backup });
 * ```
 */
export function alternative<Out>(call: Call<Out>, options: AlternativeOptions): FallbackStep<Out> {
  requireFunction('alternative', call);
  const { breaker } = requireOptions('alternative', options, ['breaker']);
  requireMethod('breaker', breaker, 'acquire', 'the breaker of the alternative service');
  return {
    servedBy: 'alternative',
    asks: breaker,
    answer: async (_error, context) => ({
      value: await breaker.run(() => call(context), { signal: stateOf(context) }),
      age: 0,
    }),
  };
}
