import { reaches } from '../rules/counting.ts';
import { NormalFailureRate } from '../vitals/estimates.ts';
import type { Vitals } from '../vitals/vitals.ts';
import type { Evidence, Verdict } from '../vocabulary/state.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import type { Detector, Readings } from './detector.ts';
import { ENDLESS } from './detector.ts';

/** The lowest value of the walk, so that a long good time does not delay the next opening. */
const FLOOR = -8;
/** How many failures in excess of the break-even share are needed; fewer right after an outage, but never just one. */
const EXCESS = 3;
const EXCESS_IN_TROUBLE = 2;

/**
 * By how much failures outweigh successes after one more call: a random walk around `breakEven`, the share of failures at
 * which calling costs as much as not calling.
 */
export function lossAfter(loss: number, failed: boolean, breakEven: number): number {
  return failed ? loss + (1 - breakEven) : Math.max(FLOOR, loss - breakEven);
}

/** Whether further calls no longer pay. */
export function isLost(loss: number, breakEven: number, inTrouble: boolean = false): boolean {
  return reaches(loss, (inTrouble ? EXCESS_IN_TROUBLE : EXCESS) * (1 - breakEven));
}

/** Calls between two false alarms, or those of a day if that is more. */
const CALLS_BETWEEN_FALSE_ALARMS = 1e6;
const DAY: Millis = 24 * 3_600_000;
/** The share of the limit that a certain relapse removes. */
const RELAPSE_WEIGHT = 0.6;

/** The two statistics of `cusum`, and the normal share of failures. */
export class SequentialTest implements Detector {
  readonly lullUntil: Instant = Infinity;
  readonly lullUnder: Millis = Infinity;
  readonly normal: NormalFailureRate;
  readonly #breakEven: number;
  protected readonly vitals: Vitals | undefined;
  /** The log likelihood ratio of "more calls fail than normally" against "as many as normally". */
  #change = 0;
  /** By how much failures outweigh successes. */
  #loss = 0;
  /** The millisecond of the last failure. Failures in the same one count as one event, such as a dropped connection. */
  #lastFailure: Instant = -Infinity;
  /** Counted since failures began to look like a change. */
  #calls = 0;
  #failures = 0;
  /** When they began to. */
  #since: Instant = 0;

  constructor(breakEven: number, before?: SequentialTest, vitals?: Vitals) {
    this.#breakEven = breakEven;
    this.vitals = vitals;
    this.normal = before?.normal ?? new NormalFailureRate();
  }

  /** Without any sign of a change, a success has no effect on the statistics. */
  get lull(): number {
    return this.#change === 0 ? ENDLESS : 0;
  }

  /** The limit of the first statistic. */
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
    if (this.#change === 0) this.#since = at;
    this.#calls++;
    this.#failures++;
    const normal = this.normal.share;
    const moment = Math.floor(at);
    if (moment > this.#lastFailure) {
      this.#lastFailure = moment;
      // The likelihood ratio of a failure at a share half-way between the normal one, p, and 1: (1 + p) / 2 over p.
      this.#change += Math.log((1 + normal) / (2 * normal));
      this.#loss = lossAfter(this.#loss, true, this.#breakEven);
    }
    this.normal.add(1, 1);
    return this.#isOver(at) ? { rule: 'cusum', evidence: this.#evidence(normal, at) } : undefined;
  }

  #succeeded(): void {
    this.normal.add(1, 0);
    if (this.#change === 0) return;
    this.#calls++;
    // The likelihood ratio of a success is one half whatever is normal: under the alternative half as many succeed.
    this.#change -= Math.LN2;
    this.#loss = lossAfter(this.#loss, false, this.#breakEven);
    if (this.#change <= 0) this.#forgetChange();
  }

  #isOver(at: Instant): boolean {
    if (at - this.#since < this.#patience(at)) return false;
    const inTrouble = this.#relapse(at) > 0.5;
    return this.#change >= this.limit(at) && isLost(this.#loss, this.#breakEven, inTrouble);
  }

  /** For how long calls must fail to be more than a blip like the last one. */
  #patience(at: Instant): Millis {
    return this.vitals?.patience(at) ?? 0;
  }

  /** What was seen, and the numbers compared: `change` with `limit`, the failures in `excess`, how long calls have failed. */
  #evidence(normal: number, at: Instant): Evidence {
    const patience = this.#patience(at);
    return {
      calls: this.#calls,
      failures: this.#failures,
      normal,
      breakEven: this.#breakEven,
      change: this.#change,
      limit: this.limit(at),
      excess: this.#loss / (1 - this.#breakEven),
      ...(patience > 0 && { failingFor: at - this.#since, patience }),
    };
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

  /** The normal share of failures is kept, because it is not evidence of the present. */
  clear(): void {
    this.#forgetChange();
  }

  readings(): Readings {
    const calls = this.#calls;
    const failures = this.#failures;
    return { calls, failures, slow: 0, ...(calls > 0 && { failureRate: failures / calls }) };
  }
}
