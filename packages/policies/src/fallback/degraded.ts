import type { Millis } from '@switchgear/core';
import { read, requireFunction, requireOptions } from '@switchgear/core/adapter';
import type { CallContext } from '../call/call-options.ts';
import { requireLimit } from '../options/requirement.ts';
import type { FallbackStep, StepAnswer } from './step.ts';

/** Options of {@link degraded}. */
export interface DegradedOptions {
  /**
   * Milliseconds that it gets for its answer, greater than 0.
   *
   * @default undefined as long as the chain gives its steps
   */
  readonly limit?: Millis;
}

/**
 * A simpler way to an answer: fewer fields, an estimate. Given the call's error, and its context; what it throws leaves the
 * answer to the next step.
 *
 * @throws {TypeError} for what is no function
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
