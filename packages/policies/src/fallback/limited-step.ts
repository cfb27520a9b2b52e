import type { Millis } from '@switchgear/core';
import type { Reporter } from '@switchgear/core/adapter';
import { read } from '@switchgear/core/adapter';
import type { CallContext } from '../call/call-options.ts';
import { DerivedCall } from '../call/derived-call.ts';
import type { TimeLimit } from '../call/time-limit.ts';
import type { WaitingRow } from '../call/waiting.ts';
import { rowFor } from '../timeout/row-for.ts';
import { timeoutError } from '../timeout/timeout-error.ts';
import type { FallbackStep } from './step.ts';

/** The context of a step. */
export class StepCall extends DerivedCall {
  /** For work that must end when the step's time is over, and would make a signal for nothing else. */
  whenLate: ((reason: unknown) => void) | undefined = undefined;

  override expire(): void {
    super.expire();
    this.whenLate?.(this.reason);
  }
}

/** A step of a chain under its time limit: the next one is asked when it is over. */
export class LimitedStep<Out> implements TimeLimit {
  abandoned = 0;
  readonly step: FallbackStep<Out>;
  readonly #limit: Millis;
  #row: WaitingRow | undefined = undefined;

  constructor(step: FallbackStep<Out>, limit: Millis) {
    this.step = step;
    this.#limit = limit;
  }

  errorFor(ended: Promise<void>): Error {
    return timeoutError(this.#limit, ended);
  }

  /**
   * Asks the step. Its context's signal aborts with the caller's, and when its time is over. Most answer at once, and need
   * neither timer nor promise.
   */
  ask(error: unknown, context: CallContext, reporter: Reporter): ReturnType<FallbackStep<Out>['answer']> {
    let giveUp: ((reason: unknown) => void) | undefined;
    const own = new StepCall(context, this, undefined, (reason) => giveUp?.(reason));
    const answer = this.step.answer(error, own, reporter);
    if (typeof read(answer, 'then') !== 'function') return answer;
    return new Promise((resolve, reject) => {
      giveUp = reject;
      this.#limitTo(own);
      Promise.resolve(answer)
        .finally(() => own.end())
        .then(resolve, reject);
    });
  }

  #limitTo(own: DerivedCall): void {
    try {
      this.#row = rowFor(this.#limit, this.#row);
      own.waitIn(this.#row);
    } catch {
      // There are no timers here: in an engine without them, or at the module scope of a Worker.
    }
  }
}
