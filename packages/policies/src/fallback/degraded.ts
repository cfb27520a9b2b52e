import { requireFunction } from '@switchgear/core';
import type { CallContext } from '../call/call-options.ts';
import type { FallbackStep } from './step.ts';

/**
 * A simpler way to an answer: fewer fields, an estimate. Given the call's error, and its context; what it throws leaves the
 * answer to the next step.
 *
 * @throws {TypeError} for what is no function
 */
export function degraded<Out>(
  answer: (error: unknown, context: CallContext) => Out | PromiseLike<Out>,
): FallbackStep<Out> {
  requireFunction('degraded', answer);
  return { servedBy: 'degraded', answer: async (...failure) => ({ value: await answer(...failure), age: 0 }) };
}
