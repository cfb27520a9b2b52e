import type { Breaker, Millis } from '@switchgear/core';
import { read, requireFunction, requireOptions } from '@switchgear/core/adapter';
import { begin } from '../call/begin.ts';
import type { Call, CallContext } from '../call/call.ts';
import { stateOf } from '../call/derived-call.ts';
import { BREAKER, requireLimit, requireMethod } from '../call/requirement.ts';
import { type FallbackStep, type StepAnswer, StepCall } from './step.ts';

/** Always answers with the same value: a default. */
export function value<const Out>(answer: Out): FallbackStep<Out> {
  return { servedBy: 'value', isLast: true, answer: () => ({ value: answer, age: 0 }) };
}

/** Answers with `undefined`, for a feature that the caller can do without. */
export function skip(): FallbackStep<undefined> {
  return { servedBy: 'skip', isLast: true, answer: () => ({ value: undefined, age: 0 }) };
}

/** Options of {@link degraded}. */
export interface DegradedOptions {
  /**
   * Milliseconds that its answer may take, greater than 0.
   *
   * @default undefined the limit of the chain
   */
  readonly limit?: Millis;
}

/**
 * Answers with what a simpler function returns: fewer fields, or an estimate. The function receives the call's error and
 * context; if it throws, the next step is asked.
 *
 * @throws {TypeError} if `answer` is not a function
 */
export function degraded<Out>(
  answer: (error: unknown, context: CallContext) => Out | PromiseLike<Out>,
  options: DegradedOptions = {},
): FallbackStep<Out> {
  requireFunction('degraded', answer, 'a function', answer, '(error) => estimate');
  const { limit } = requireOptions('degraded', options, ['limit']);
  requireLimit(limit);
  return {
    servedBy: 'degraded',
    ...(limit !== undefined && { limit }),
    answer(error, context) {
      const value = answer(error, context);
      return typeof read(value, 'then') === 'function'
        ? Promise.resolve(value).then(asAnswer<Out>)
        : asAnswer(value as Out);
    },
  };
}

function asAnswer<Out>(value: Out): StepAnswer<Out> {
  return { value, age: 0 };
}

/** Options of {@link alternative}. */
export interface AlternativeOptions {
  /** A breaker for the alternative service, because that may be down as well. It must not be the call's own breaker. */
  readonly breaker: Breaker;

  /**
   * Milliseconds that its answer may take, greater than 0. Its breaker counts a later one as a failure of kind `'timeout'`.
   *
   * @default undefined the limit of the chain
   */
  readonly limit?: Millis;
}

/**
 * Answers with what another service returns, behind a breaker of its own. If the call fails or that breaker refuses, the next
 * step is asked.
 *
 * @throws {TypeError} if `call` is not a function, or without a breaker
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
      value: await breaker.run(() => untilExpired(call, context), { signal: stateOf(context) }),
      age: 0,
    }),
  };
}

/** Rejects when the step's time is over, so that the breaker learns of it even if the call ignores its signal. */
function untilExpired<Out>(call: Call<Out>, context: CallContext): Promise<Out> {
  return new Promise((resolve, reject) => {
    if (context instanceof StepCall) context.onExpired = reject;
    begin(call, context).then(resolve, reject);
  });
}
