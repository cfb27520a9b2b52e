import type { Millis } from '@switchgear/core';
import { type Reporter, read } from '@switchgear/core/adapter';
import type { CallContext } from '../call/call.ts';
import { DerivedCall, type TimeLimit } from '../call/derived-call.ts';
import { timeoutError } from '../limits/errors.ts';
import { timerListFor } from '../time/coarse-timer.ts';
import type { TimerList } from '../time/timer-list.ts';

/** Who gave an answer: the call itself, or a step of its fallback. */
export type ServedBy = 'call' | 'cached' | 'value' | 'degraded' | 'alternative' | 'skip';

/** An answer that says where it comes from. */
export interface Served<T> {
  readonly value: T;
  readonly servedBy: ServedBy;

  /** Milliseconds since the call gave this answer: greater than 0 only if it was cached. */
  readonly age: Millis;

  /** The error of the call, if a step answered. */
  readonly cause?: unknown;
}

/** The answer of a step. */
export interface StepAnswer<Out> {
  readonly value: Out;
  readonly age: Millis;
}

/** One thing to fall back to. Make one with {@link cached}, {@link value}, {@link degraded}, {@link alternative} or {@link skip}. */
export interface FallbackStep<out Out> {
  readonly servedBy: Exclude<ServedBy, 'call'>;

  /** Whether it always answers, so that steps after it would never be asked. */
  readonly isLast?: boolean;

  /**
   * Milliseconds that its answer may take.
   *
   * @default undefined the limit of the chain
   */
  readonly limit?: Millis;

  /** The breaker of the service that it calls instead. */
  readonly asks?: object;

  /**
   * Its answer to a call that failed with this error; `undefined` if it has none. It may throw. The context's signal
   * aborts when its time is over.
   *
   * @param reporter receives errors that must not reach the caller: the chain's `onError`
   */
  answer(
    error: unknown,
    context: CallContext,
    reporter?: Reporter,
  ): StepAnswer<Out> | undefined | PromiseLike<StepAnswer<Out> | undefined>;

  /** Receives every answer of the call itself. What it throws is reported, and the answer stands. */
  keep?(value: unknown, context: CallContext, reporter?: Reporter): void;
}

/** The context of a step. */
export class StepCall extends DerivedCall {
  /** Called when the step's time is over, for work that needs no signal otherwise and would create one for this. */
  onExpired: ((reason: unknown) => void) | undefined = undefined;

  override expire(): void {
    super.expire();
    this.onExpired?.(this.reason);
  }
}

/** A step under its time limit, after which the next step is asked. */
export class LimitedStep<Out> implements TimeLimit {
  abandoned = 0;
  readonly step: FallbackStep<Out>;
  readonly #limit: Millis;
  #timers: TimerList | undefined = undefined;

  constructor(step: FallbackStep<Out>, limit: Millis) {
    this.step = step;
    this.#limit = limit;
  }

  errorFor(ended: Promise<void>): Error {
    return timeoutError(this.#limit, ended);
  }

  /**
   * Asks the step. Its signal aborts with the caller's, and when its time is over. Most steps answer synchronously and need
   * neither timer nor promise.
   */
  ask(error: unknown, context: CallContext, reporter: Reporter): ReturnType<FallbackStep<Out>['answer']> {
    let rejectEarly: ((reason: unknown) => void) | undefined;
    const own = new StepCall(context, this, undefined, (reason) => rejectEarly?.(reason));
    const answer = this.step.answer(error, own, reporter);
    if (typeof read(answer, 'then') !== 'function') return answer;
    return new Promise((resolve, reject) => {
      rejectEarly = reject;
      this.#startTimer(own);
      Promise.resolve(answer)
        .finally(() => own.end())
        .then(resolve, reject);
    });
  }

  #startTimer(own: DerivedCall): void {
    try {
      this.#timers = timerListFor(this.#limit, this.#timers);
      own.startTimer(this.#timers);
    } catch {
      // There are no timers: in an engine without them, or at the module scope of a Worker.
    }
  }
}
