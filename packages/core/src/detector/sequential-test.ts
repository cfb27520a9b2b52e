import { reaches } from '../rules/counting.ts';
import { NormalFailureRate } from '../vitals/estimates.ts';
import type { Vitals } from '../vitals/vitals.ts';
import type { Verdict } from '../vocabulary/state.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import type { Detector, Readings } from './detector.ts';
import { ENDLESS } from './detector.ts';

/** However long all has been well, the walk is not further from its limit than this. */
const FLOOR = -8;
/** So many failures more than can be borne must have been seen; fewer right after an outage, and never a single one. */
const EXCESS = 3;
const EXCESS_IN_TROUBLE = 2;

/**
 * By how much failures outweigh the successes that calling on would bring, after one more call: a random walk about
 * `breakEven`, the share of failures at which calling costs as much as not calling.
 */
export function lossAfter(loss: number, failed: boolean, breakEven: number): number {
  return failed ? loss + (1 - breakEven) : Math.max(FLOOR, loss - breakEven);
}

/** Whether calling on no longer pays. */
export function isLost(loss: number, breakEven: number, inTrouble: boolean = false): boolean {
  return reaches(loss, (inTrouble ? EXCESS_IN_TROUBLE : EXCESS) * (1 - breakEven));
}

/** Calls between two false alarms, where fewer than this are made in a day. */
const CALLS_BETWEEN_FALSE_ALARMS = 1e6;
const DAY: Millis = 24 * 3_600_000;
/** What a likely relapse takes off the limit. */
const RELAPSE_WEIGHT = 0.6;

/** The two statistics of `cusum`, and what is normal. */
export class SequentialTest implements Detector {
  readonly lullUntil: Instant = Infinity;
  readonly lullUnder: Millis = Infinity;
  readonly normal: NormalFailureRate;
  readonly #breakEven: number;
  protected readonly vitals: Vitals | undefined;
  /** How much likelier it is that failures have become more than that they have not, as a logarithm. */
  #change = 0;
  /** By how much failures outweigh the successes that calling on would bring. */
  #loss = 0;
  /** The millisecond of the last failure. Those of the same one are one event: a connection has dropped, say. */
  #lastFailure: Instant = -Infinity;
  /** Since the failures began to look like a change. */
  #calls = 0;
  #failures = 0;

  constructor(breakEven: number, before?: SequentialTest, vitals?: Vitals) {
    this.#breakEven = breakEven;
    this.vitals = vitals;
    this.normal = before?.normal ?? new NormalFailureRate();
  }

  /** While nothing looks like a change, a success has nothing to take back. */
  get lull(): number {
    return this.#change === 0 ? ENDLESS : 0;
  }

  /** What the first statistic must reach. */
  limit(at: Instant): number {
    const calls = Math.max(CALLS_BETWEEN_FALSE_ALARMS, (this.vitals?.rate(at) ?? 0) * DAY);
    return Math.log(calls) * (1 - RELAPSE_WEIGHT * this.#relapse(at));
  }

  #relapse(at: Instant): number {
    return this.vitals?.relapse(at) ?? 0;
  }

  tell(failed: boolean, at: Instant): Verdict | undefined {
    if (!failed) {
      this.#succeeded();
      return undefined;
    }
    this.#calls++;
    this.#failures++;
    const normal = this.normal.share;
    const moment = Math.floor(at);
    if (moment > this.#lastFailure) {
      this.#lastFailure = moment;
      // Likelier by (1 + p) / 2 over p: a failure under the rate half way between the normal one and all.
      this.#change += Math.log((1 + normal) / (2 * normal));
      this.#loss = lossAfter(this.#loss, true, this.#breakEven);
    }
    this.normal.add(1, 1);
    return this.#isOver(at) ? { rule: 'cusum', evidence: this.#evidence(normal) } : undefined;
  }

  #succeeded(): void {
    this.normal.add(1, 0);
    if (this.#change === 0) return;
    this.#calls++;
    // Less likely by one half, whatever is normal: under the alternative half as many calls succeed.
    this.#change -= Math.LN2;
    this.#loss = lossAfter(this.#loss, false, this.#breakEven);
    if (this.#change <= 0) this.#forgetChange();
  }

  #isOver(at: Instant): boolean {
    const inTrouble = this.#relapse(at) > 0.5;
    return this.#change >= this.limit(at) && isLost(this.#loss, this.#breakEven, inTrouble);
  }

  #evidence(normal: number): NonNullable<Verdict['evidence']> {
    return { calls: this.#calls, failures: this.#failures, normal, breakEven: this.#breakEven };
  }

  #forgetChange(): void {
    this.#change = 0;
    this.#loss = 0;
    this.#calls = 0;
    this.#failures = 0;
  }

  skip(successes: number): void {
    this.normal.add(successes, 0);
  }

  /** What is normal is not evidence of the present: it is kept. */
  clear(): void {
    this.#forgetChange();
  }

  readings(): Readings {
    const calls = this.#calls;
    const failures = this.#failures;
    return { calls, failures, slow: 0, ...(calls > 0 && { failureRate: failures / calls }) };
  }
}
