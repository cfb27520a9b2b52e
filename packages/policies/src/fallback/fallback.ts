import { refuse, requireFunction, requireOptions } from '@switchgear/core';
import { begin } from '../call/begin.ts';
import type { Call, CallContext, CallOptions } from '../call/call-options.ts';
import { DerivedCall, stateOf } from '../call/derived-call.ts';
import { reasonOf } from '../call/follow.ts';
import { requireMethod } from '../options/requirement.ts';
import { FallbackError } from './fallback-error.ts';
import type { Served, ServedBy } from './served.ts';
import type { FallbackStep } from './step.ts';

/** Options of {@link fallback}. */
export interface FallbackOptions {
  /**
   * Whether to fall back from an error, or to let the caller have it: say, only from what a breaker refused. It is not asked
   * about a call whose caller gave up: nobody waits for an answer then.
   *
   * @default undefined from every error
   */
  readonly when?: (error: unknown) => boolean;
}

/** A chain of answers for when a call fails. */
export interface Fallback<out Out> {
  readonly kind: 'fallback';

  /** Its steps, in the order in which they are asked. */
  readonly steps: readonly FallbackStep<Out>[];

  /** How many answers each has served so far. */
  readonly served: Readonly<Record<ServedBy, number>>;

  /** Makes the call, and says who answered. Errors are rejections. */
  run<T>(call: Call<T>, options?: CallOptions): Promise<Served<T | Out>>;
}

/**
 * Answers for when a call fails, asked in order until one answers. By then a breaker inside has had the error. If none has an
 * answer the caller gets the very error of the call; if steps failed too, a {@link FallbackError} with it as cause.
 *
 * @throws {TypeError} for a list without steps, and for a step after one that always answers
 * @example
 * ```ts
 * const price = fallback([cached({ maxAge: 60_000 }), value({ amount: null })]);
 * const { value: shown, servedBy, age } = await price.run(() => prices.run(() => ask('pen')), { key: 'pen' });
 * ```
 */
export function fallback<const Steps extends readonly FallbackStep<unknown>[]>(
  steps: Steps,
  options: FallbackOptions = {},
): Fallback<Steps[number] extends FallbackStep<infer Out> ? Out : never> {
  const { when } = requireOptions('fallback', options, ['when']);
  if (when !== undefined) requireFunction('when', when);
  if (!Array.isArray(steps) || steps.length === 0) refuse('fallback', 'a list of at least one step', steps);
  for (const step of steps) requireMethod('fallback', step, 'answer', 'a list of steps such as value(0)');
  const last = steps.findIndex(({ isLast }) => isLast);
  if (last !== -1 && last < steps.length - 1) {
    const after = steps[last + 1]?.servedBy;
    throw new TypeError(`fallback: ${after} after ${steps[last]?.servedBy} is never asked, for that always answers`);
  }
  return new FallbackChain(steps as Steps & FallbackStep<never>[], when);
}

class FallbackChain<Out> implements Fallback<Out> {
  readonly kind = 'fallback';
  readonly steps: readonly FallbackStep<Out>[];
  readonly served: Record<ServedBy, number> = { call: 0, cached: 0, value: 0, degraded: 0, alternative: 0, skip: 0 };
  readonly #when: FallbackOptions['when'];

  constructor(steps: readonly FallbackStep<Out>[], when: FallbackOptions['when']) {
    this.steps = steps;
    this.#when = when;
  }

  async run<T>(call: Call<T>, options?: CallOptions): Promise<Served<T | Out>> {
    const outer = stateOf(options);
    if (outer?.aborted) throw reasonOf(outer);
    const context = new DerivedCall(options);
    try {
      const answer = await begin(call, context);
      for (const step of this.steps) step.keep?.(answer, context);
      this.served.call++;
      return { value: answer, servedBy: 'call', age: 0 };
    } catch (error) {
      if (context.aborted || this.#when?.(error) === false) throw error;
      return await this.#serve(error, context);
    } finally {
      context.end();
    }
  }

  async #serve(cause: unknown, context: CallContext): Promise<Served<Out>> {
    const errors: unknown[] = [];
    for (const step of this.steps) {
      try {
        const answer = await step.answer(cause, context);
        if (!answer) continue;
        this.served[step.servedBy]++;
        return { ...answer, servedBy: step.servedBy, cause };
      } catch (error) {
        errors.push(error);
      }
    }
    throw errors.length === 0 ? cause : new FallbackError(cause, errors);
  }
}
