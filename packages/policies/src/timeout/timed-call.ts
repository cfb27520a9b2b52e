import type { CallOptions } from '../call/call-options.ts';
import { DerivedCall } from '../call/derived-call.ts';
import type { Waiting, WaitingRow } from './waiting.ts';

/** Whoever limits calls: says so in an error, and counts the work that goes on all the same. */
export interface TimeLimit {
  abandoned: number;

  /** @param ended fulfilled when the work has ended */
  errorFor(ended: Promise<void>): Error;
}

/** One call under a time limit. */
export class TimedCall extends DerivedCall implements Waiting {
  since: number | undefined = undefined;
  earlier: Waiting | undefined = undefined;
  later: Waiting | undefined = undefined;
  timer: unknown = undefined;
  readonly #by: TimeLimit;
  readonly #row: WaitingRow;
  readonly #reject: (error: unknown) => void;
  #ended: (() => void) | undefined = undefined;

  constructor(outer: CallOptions | undefined, by: TimeLimit, row: WaitingRow, reject: (error: unknown) => void) {
    super(outer);
    this.#by = by;
    this.#row = row;
    this.#reject = reject;
    row.add(this);
  }

  /** The time is over, and the work goes on until it heeds the signal or ends. */
  expire(): void {
    const ended = new Promise<void>((resolve) => {
      this.#ended = resolve;
    });
    this.#by.abandoned++;
    const error = this.#by.errorFor(ended);
    this.#reject(error);
    this.abort(error);
  }

  /** The work has ended, in time or not. */
  end(): void {
    this.#row.remove(this);
    this.release();
    if (!this.#ended) return;
    this.#by.abandoned--;
    this.#ended();
  }
}
