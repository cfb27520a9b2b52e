import type { Instant, Millis } from '@switchgear/core';
import type { CircuitReport } from '../report/report.ts';
import { NONE, type Sums } from '../report/sums.ts';

/** No report counts what is older than this before it was sent. */
const PRESENT: Millis = 1_000;

/** How many of its last calls tell an instance whether a trouble of others is its own. */
const RECENT = 8;

interface Mark {
  readonly at: Millis;
  readonly sums: Sums;
  /** When the first bad call after it ended. */
  firstBadAt?: Instant;
}

/** What this instance was told of one circuit: sums for the reports, and how its last calls ended. */
export class OwnCalls {
  sums: Sums = NONE;
  /** The sums as they were earlier, the oldest first. */
  readonly #earlier: Mark[] = [{ at: -Infinity, sums: NONE }];
  #lastBadAt: Instant = -Infinity;
  readonly #recent: { readonly at: Instant; readonly failed: boolean }[] = [];

  /** @param at when they ended or, if that is not known of each, when they were handed over */
  add(calls: number, failed: boolean, slow: boolean, at: Instant): void {
    const { sums } = this;
    this.sums = {
      calls: sums.calls + calls,
      failures: sums.failures + (failed ? calls : 0),
      slow: sums.slow + (slow ? calls : 0),
    };
    if (failed || slow) {
      this.#lastBadAt = at;
      const mark = this.#earlier.at(-1);
      if (mark) mark.firstBadAt ??= at;
    }
    for (let i = 0; i < Math.min(calls, RECENT); i++) this.#recent.push({ at, failed });
    this.#recent.splice(0, this.#recent.length - RECENT);
  }

  /** Remembers the sums of now, and of before only what a report needs. */
  mark(now: Millis): void {
    const earlier = this.#earlier;
    while (now - (earlier[1]?.at ?? now) >= PRESENT) earlier.shift();
    earlier.push({ at: now, sums: this.sums });
  }

  /** A trouble begins: calls of before say nothing about it. */
  markBeginning(now: Millis): void {
    this.#earlier.splice(0, Infinity, { at: now, sums: this.sums });
  }

  /** What a report tells of them at this moment: since about a second before the last mark, or since the trouble began. */
  told(at: Instant): Pick<CircuitReport, 'sums' | 'before' | 'bad'> {
    const { firstBadAt } = this.#earlier.find((mark) => mark.firstBadAt !== undefined) ?? {};
    const bad = firstBadAt === undefined ? undefined : { first: at - firstBadAt, last: at - this.#lastBadAt };
    return { sums: this.sums, before: this.#earlier[0]?.sums ?? NONE, bad };
  }

  /** Only of calls after this it is remembered how they ended. */
  forgetRecent(until: Instant): void {
    const later = this.#recent.filter(({ at }) => at > until);
    this.#recent.splice(0, Infinity, ...later);
  }

  /** Whether it is remembered how any call ended. */
  get hasRecent(): boolean {
    return this.#recent.length > 0;
  }

  /** Whether the last calls of this instance went well: one or more, and at most a quarter as many that failed. */
  get wentWell(): boolean {
    const failures = this.#recent.filter(({ failed }) => failed).length;
    const successes = this.#recent.length - failures;
    return successes >= 1 && failures <= successes / 4;
  }
}
