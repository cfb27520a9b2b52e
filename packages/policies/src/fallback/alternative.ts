import type { Breaker, Millis } from '@switchgear/core';
import { requireFunction, requireOptions } from '@switchgear/core/adapter';
import { begin } from '../call/begin.ts';
import type { Call, CallContext } from '../call/call-options.ts';
import { stateOf } from '../call/derived-call.ts';
import { BREAKER, requireLimit, requireMethod } from '../options/requirement.ts';
import { StepCall } from './limited-step.ts';
import type { FallbackStep } from './step.ts';

/** Options of {@link alternative}. */
export interface AlternativeOptions {
  /** The alternative's own breaker: it may be down as well, and is then left alone too. Not that of the call. */
  readonly breaker: Breaker;

  /**
   * Milliseconds that it gets for its answer, greater than 0. Its breaker counts what takes longer as a failure of kind
   * `'timeout'`.
   *
   * @default undefined as long as the chain gives its steps
   */
  readonly limit?: Millis;
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
  requireFunction('alternative', call, 'a function', call, "() => fetch('https://backup.example')");
  const { breaker, limit } = requireOptions('alternative', options, ['breaker', 'limit']);
  requireMethod('breaker', breaker, 'acquire', 'the breaker of the alternative service', BREAKER);
  requireLimit(limit);
  return {
    servedBy: 'alternative',
    asks: breaker,
    ...(limit !== undefined && { limit }),
    answer: async (_error, context) => ({
      value: await breaker.run(() => untilLate(call, context), { signal: stateOf(context) }),
      age: 0,
    }),
  };
}

/** Ends for the breaker when the step's time is over, and not only when the call heeds its signal. */
function untilLate<Out>(call: Call<Out>, context: CallContext): Promise<Out> {
  return new Promise((resolve, reject) => {
    if (context instanceof StepCall) context.whenLate = reject;
    begin(call, context).then(resolve, reject);
  });
}
