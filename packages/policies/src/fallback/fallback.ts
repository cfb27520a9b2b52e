import type { Ruling } from '@switchgear/core';
import { ask, isObject, notify, type Reporter, readText, reportTo, rulingBrought } from '@switchgear/core/adapter';
import { begin, notMade } from '../call/begin.ts';
import type { Call, CallOptions } from '../call/call.ts';
import { DerivedCall } from '../call/derived-call.ts';
import { isBehind, PolicyError } from '../call/policy-error.ts';
import { type FallbackOptions, type ResolvedFallback, resolveFallback } from './options.ts';
import { type FallbackStep, LimitedStep, type Served, type ServedBy, type StepAnswer } from './step.ts';

/** A chain of answers for when a call fails. */
export interface Fallback<out Out> {
  readonly kind: 'fallback';

  /** Its steps, in the order in which they are asked. */
  readonly steps: readonly FallbackStep<Out>[];

  /** How many answers the call itself and each kind of step have given so far. */
  readonly served: Readonly<Record<ServedBy, number>>;

  /** Makes the call, and says who answered. Errors are rejections. */
  run<T>(call: Call<T>, options?: CallOptions): Promise<Served<T | Out>>;
}

/**
 * Answers for when a call fails: its steps are asked in order until one answers. A breaker inside has counted the error by
 * then. If no step answers, the caller gets the call's own error; if steps failed, a {@link FallbackError} caused by it.
 *
 * @throws {TypeError} if the list is empty, or if a step follows one that always answers
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
  const resolved = resolveFallback(steps, options);
  return new FallbackChain(steps as Steps & FallbackStep<never>[], resolved);
}

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
      if (context.aborted || !this.#appliesTo(error)) throw error;
      return await this.#serve(error, context);
    } finally {
      context.end();
    }
  }

  #appliesTo(error: unknown): boolean {
    return this.#when === undefined || Boolean(ask('when', this.#reporter, this.#when, error));
  }

  async #serve(cause: unknown, context: DerivedCall): Promise<Served<Out>> {
    const errors: unknown[] = [];
    for (const limited of this.#limited) {
      // The caller has given up meanwhile.
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

/** The rejection if a call failed and steps of its fallback failed as well. Breakers judge it by its cause alone. */
export class FallbackError extends PolicyError {
  override readonly name = 'FallbackError';
  override readonly code = 'EFALLBACK';

  /** The error of the call. */
  declare readonly cause: unknown;

  /** The errors of the steps, in order. */
  readonly errors: readonly unknown[];

  constructor(cause: unknown, errors: readonly unknown[]) {
    super(`The call failed, and so did its fallback: ${textOf(cause)}`, { cause });
    this.errors = errors;
  }

  /** The ruling of the call's own error: a refused alternative says nothing about the call's dependency. */
  override get '@switchgear/ruling'(): Ruling {
    return rulingBrought(this.cause) ?? { outcome: 'failure' };
  }
}

/** Whether a failed fallback, of this package or of another copy of it, is behind the error. */
export function isFallbackError(error: unknown): boolean {
  return isBehind(error, 'EFALLBACK');
}

function textOf(cause: unknown): string {
  return readText(cause, 'message') ?? (isObject(cause) ? 'an object' : String(cause));
}
