import type { Millis } from '@switchgear/core';
import type { Reporter } from '@switchgear/core/adapter';
import type { CallContext } from '../call/call-options.ts';
import type { ServedBy } from './served.ts';

/** What a step answers with. */
export interface StepAnswer<Out> {
  readonly value: Out;
  readonly age: Millis;
}

/** One thing to fall back to. Make one with {@link cached}, {@link value}, {@link degraded}, {@link alternative} or {@link skip}. */
export interface FallbackStep<out Out> {
  readonly servedBy: Exclude<ServedBy, 'call'>;

  /** Whether it always answers, so that no step after it is ever asked. */
  readonly isLast?: boolean;

  /**
   * Milliseconds that its answer may take.
   *
   * @default undefined as long as the chain gives its steps
   */
  readonly limit?: Millis;

  /** The service it asks instead, known by its breaker. */
  readonly asks?: object;

  /**
   * Its answer to a call that failed with that error; `undefined` where it has none. It may throw. The context's signal
   * aborts when its time is over.
   *
   * @param reporter is told of what went wrong and must reach no caller: the chain's `onError`
   */
  answer(
    error: unknown,
    context: CallContext,
    reporter?: Reporter,
  ): StepAnswer<Out> | undefined | PromiseLike<StepAnswer<Out> | undefined>;

  /** Told of every answer of the call itself. What it throws is reported, and the answer stands. */
  keep?(value: unknown, context: CallContext, reporter?: Reporter): void;
}
