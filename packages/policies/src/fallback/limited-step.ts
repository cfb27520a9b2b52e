import type { Millis } from '@switchgear/core';
import type { Reporter } from '@switchgear/core/adapter';
import type { CallContext } from '../call/call-options.ts';
import { DerivedCall } from '../call/derived-call.ts';
import type { TimeLimit } from '../call/time-limit.ts';
import type { WaitingRow } from '../call/waiting.ts';
import { rowFor } from '../timeout/row-for.ts';
import { timeoutError } from '../timeout/timeout-error.ts';
import type { FallbackStep, StepAnswer } from './step.ts';

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

  /** Asks the step. Its context's signal aborts with the caller's, and when its time is over. */
  ask(error: unknown, context: CallContext, reporter: Reporter): Promise<StepAnswer<Out> | undefined> {
    return new Promise((resolve, reject) => {
      const own = new DerivedCall(context, this, undefined, reject);
      const answer = this.step.answer(error, own, reporter);
      // Most answer at once, and need no timer. Engines without timers need none either.
      if (isPending(answer)) this.#limitTo(own);
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

function isPending(answer: unknown): boolean {
  return typeof (answer as Partial<PromiseLike<unknown>> | null | undefined)?.then === 'function';
}
