import { NormalFailureRate } from '../vitals/estimates.ts';
import type { Vitals } from '../vitals/vitals.ts';
import type { Evidence, Verdict } from '../vocabulary/state.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import { type Detector, type DetectorSetting, ENDLESS, type Readings } from './detector.ts';
import { isLost, lossAfter } from './loss.ts';
import { SeenCalls } from './seen-calls.ts';

/** Calls between two false alarms, or those of a day if that is more. */
const CALLS_BETWEEN_FALSE_ALARMS = 1e6;
const DAY: Millis = 24 * 3_600_000;
/** The share of the limit that a certain relapse removes. */
const RELAPSE_WEIGHT = 0.6;

/** What a detector is started with besides its setting. */
interface Earlier {
  readonly before?: Detector | undefined;
  readonly vitals?: Vitals | undefined;
}

/** The two statistics of `cusum`, and the normal share of failures. */
export class SequentialTest implements Detector {
  readonly lullUnder: Millis = Infinity;
  readonly normal: NormalFailureRate;
  readonly #breakEven: number = 0;
  protected readonly vitals: Vitals | undefined;
  /** What metrics show; the statistics do not read it. */
  readonly seen: SeenCalls;
  /** The log likelihood ratio of "more calls fail than normally" against "as many as normally". */
  #change = 0;
  /** By how much failures outweigh successes. */
  #loss = 0;
  /** The millisecond of the last failure. Failures in the same one count as one event, such as a dropped connection. */
  #lastFailure: Instant = -Infinity;
  /** When failures began to look like a change, and what was counted since then. */
  #since: Instant = 0;
  #calls = 0;
  #failures = 0;

  constructor(
    breakEven: number,
    at: Instant,
    { window }: Pick<DetectorSetting, 'window'>,
    { before, vitals }: Earlier = {},
  ) {
    const earlier = before instanceof SequentialTest ? before : undefined;
    this.#breakEven = breakEven;
    this.vitals = vitals;
    this.normal = earlier?.normal ?? new NormalFailureRate();
    this.seen = new SeenCalls(at, window, earlier?.seen);
  }

  /** Without any sign of a change, a success has no effect on the statistics. */
  get lull(): number {
    return this.#change === 0 ? ENDLESS : 0;
  }

  get lullUntil(): Instant {
    return this.seen.until;
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
    this.seen.add(failed, at);
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
    this.seen.skip(successes);
  }

  /** The normal share of failures is kept, because it is not evidence of the present. */
  clear(at: Instant): void {
    this.#forgetChange();
    this.seen.clear(at);
  }

  readings(at: Instant): Readings {
    return this.seen.readings(at);
  }
}
