import type { Millis } from '@switchgear/core';
import {
  ask,
  notify,
  type Reporter,
  refuse,
  reportTo,
  requireFunction,
  requireOptions,
} from '@switchgear/core/adapter';
import { begin, notMade } from '../call/begin.ts';
import type { Call, CallOptions } from '../call/call-options.ts';
import { DerivedCall } from '../call/derived-call.ts';
import { requireLimit, requireMethod, requireMillis } from '../options/requirement.ts';
import { FallbackError } from './fallback-error.ts';
import { LimitedStep } from './limited-step.ts';
import type { Served, ServedBy } from './served.ts';
import type { FallbackStep, StepAnswer } from './step.ts';

/** Options of {@link fallback}. */
export interface FallbackOptions {
  /**
   * Whether to fall back from an error, or to let the caller have it: say, only from what a breaker refused. It is not asked
   * about a call whose caller gave up: nobody waits for an answer then. One that throws, or answers with a promise, is
   * reported and means no: the caller has the call's own error.
   *
   * @default undefined from every error
   */
  readonly when?: (error: unknown) => boolean;

  /**
   * Milliseconds that a step gets for its answer, unless it has a `limit` of its own; then the next step is asked.
   *
   * @default 1_000 each: the caller has waited for the call already
   */
  readonly limit?: Millis;

  /**
   * Told of what went wrong beside the call, and where: `when`, a step's `keep`, a store's `get` or `set`. What it throws
   * itself is dropped.
   *
   * @default undefined
   */
  readonly onError?: (error: unknown, where: string) => void;
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
  const { when, limit = 1_000, onError } = requireOptions('fallback', options, ['when', 'limit', 'onError']);
  if (when !== undefined) requireFunction('when', when, 'a function', when, 'isCircuitOpen');
  requireMillis('limit', limit);
  if (onError !== undefined) requireFunction('onError', onError, 'a function', onError, 'console.error');
  if (!Array.isArray(steps) || steps.length === 0) refuse('fallback', 'a list of at least one step', steps, EXAMPLE);
  for (const step of steps) {
    requireMethod('fallback', step, 'answer', 'a list of steps such as value(0)', EXAMPLE);
    requireLimit(step.limit);
  }
  const last = steps.findIndex(({ isLast }) => isLast);
  if (last !== -1 && last < steps.length - 1) {
    const after = steps[last + 1]?.servedBy;
    const before = steps[last]?.servedBy;
    throw new TypeError(`Switchgear: fallback: ${after} after ${before} is never asked, because that always answers`);
  }
  return new FallbackChain(steps as Steps & FallbackStep<never>[], { when, limit, onError });
}

const EXAMPLE = 'fallback([cached({ maxAge: 60_000 }), value(null)])';

/** Options with their defaults. */
type ResolvedFallback = Pick<Required<FallbackOptions>, 'limit'> & {
  readonly [Option in 'when' | 'onError']: FallbackOptions[Option] | undefined;
};

class FallbackChain<Out> implements Fallback<Out> {
  readonly kind = 'fallback';
  readonly steps: readonly FallbackStep<Out>[];
  readonly served: Record<ServedBy, number> = { call: 0, cached: 0, value: 0, degraded: 0, alternative: 0, skip: 0 };
  readonly #limited: readonly LimitedStep<Out>[];
  readonly #when: FallbackOptions['when'] | undefined;
  readonly #reporter: Reporter;

  constructor(steps: readonly FallbackStep<Out>[], { when, limit, onError }: ResolvedFallback) {
    this.steps = steps;
    this.#limited = steps.map((step) => new LimitedStep(step, step.limit ?? limit));
    this.#when = when;
    this.#reporter = reportTo(onError);
  }

  async run<T>(call: Call<T>, options?: CallOptions): Promise<Served<T | Out>> {
    const refused = notMade(call, options);
    if (refused) return refused;
    const context = new DerivedCall(options);
    try {
      const answer = await begin(call, context);
      for (const step of this.steps) {
        if (step.keep) notify('keep', this.#reporter, () => step.keep?.(answer, context, this.#reporter));
      }
      this.served.call++;
      return { value: answer, servedBy: 'call', age: 0 };
    } catch (error) {
      if (context.aborted || !this.#isWanted(error)) throw error;
      return await this.#serve(error, context);
    } finally {
      context.end();
    }
  }

  #isWanted(error: unknown): boolean {
    return this.#when === undefined || Boolean(ask('when', this.#reporter, this.#when, error));
  }

  async #serve(cause: unknown, context: DerivedCall): Promise<Served<Out>> {
    const errors: unknown[] = [];
    for (const limited of this.#limited) {
      // Nobody waits for it any more.
      if (context.aborted) throw cause;
      try {
        const asked = limited.ask(cause, context, this.#reporter);
        const answer = asked instanceof Promise ? await asked : (asked as StepAnswer<Out> | undefined);
        if (!answer) continue;
        const { servedBy } = limited.step;
        this.served[servedBy]++;
        return { ...answer, servedBy, cause };
      } catch (error) {
        errors.push(error);
      }
    }
    throw errors.length === 0 ? cause : new FallbackError(cause, errors);
  }
}
