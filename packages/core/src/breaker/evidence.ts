import type { Detector, DetectorPlan, Readings } from '../detector/detector.ts';
import type { Verdict } from '../vocabulary/because.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';

const NOTHING: Readings = { calls: 0, failures: 0, slow: 0, failureRate: null, slowCallRate: null };

/**
 * The detector of one breaker and the lull it grants: successes that cannot matter are counted here, in plain fields,
 * and handed over later as a number. So the common call costs three comparisons, whatever kind of detector listens.
 */
export class Evidence {
  plan: DetectorPlan;
  #detector: Detector | undefined;
  #left = 0;
  #granted = 0;
  #until: Instant = 0;
  #under: Millis = 0;

  constructor(plan: DetectorPlan, at: Instant) {
    this.plan = plan;
    // All others can wait for the first outcome: an idle breaker has no window.
    if (plan.anchored) this.#detector = plan.start(at);
  }

  /** Counts a success if the detector said that it need not be told. */
  absorbs(at: Instant, duration: Millis): boolean {
    if (this.#left === 0 || at >= this.#until || duration >= this.#under) return false;
    this.#left--;
    return true;
  }

  /** Tells the detector of one outcome. */
  tell(failed: boolean, at: Instant, duration: Millis, kind: string | undefined): Verdict | undefined {
    this.#detector ??= this.plan.start(at);
    const detector = this.#detector;
    this.#handOver(detector);
    const verdict = detector.tell(failed, at, duration, kind);
    this.#left = detector.lull;
    this.#granted = detector.lull;
    this.#until = detector.until;
    this.#under = detector.under;
    return verdict;
  }

  /** Asks a detector that watches, before a call is admitted. */
  admitting(at: Instant): Verdict | undefined {
    this.#detector ??= this.plan.start(at);
    return this.#detector.admitting?.(at);
  }

  /** Tells a detector that watches of a call that is no longer under way. */
  released(started: Instant): void {
    this.#detector?.released?.(started);
  }

  /** Has every outcome told from here on to the next `tell`. */
  endLull(): void {
    if (this.#detector) this.#handOver(this.#detector);
  }

  /** Goes on with another detector, which takes over what this one has seen if it can. */
  continueAs(plan: DetectorPlan, at: Instant): void {
    if (this.#detector) {
      this.#handOver(this.#detector);
      this.#detector = plan.start(at, this.#detector);
    } else if (plan.anchored) this.#detector = plan.start(at);
    this.plan = plan;
  }

  clear(at: Instant): void {
    this.#left = 0;
    this.#granted = 0;
    this.#detector?.clear(at);
  }

  readings(at: Instant): Readings {
    if (!this.#detector) return NOTHING;
    this.#handOver(this.#detector);
    return this.#detector.readings(at);
  }

  #handOver(detector: Detector): void {
    detector.skip(this.#granted - this.#left);
    this.#left = 0;
    this.#granted = 0;
  }
}
