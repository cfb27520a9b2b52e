import { type CusumOptions, requireCusumOptions } from '../detector/cusum.ts';
import type { DetectorRecipe } from '../detector/detector.ts';
import { SequentialTest } from '../detector/sequential-test.ts';
import { learnedVitals } from '../vitals/learned-vitals.ts';
import type { Vitals } from '../vitals/vitals.ts';
import { made } from '../vocabulary/made.ts';
import type { Verdict } from '../vocabulary/state.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import { normalLoad } from './first-limit.ts';
import { isSlow } from './slow.ts';

/** Up to this many unanswered calls do not count as silence. */
const LEAST_UNANSWERED = 8;
/**
 * An answer may take this many times the normal latency before silence counts, and at least this long: while one
 * synchronous block starts 500 fetches, no answer can come back.
 */
const PATIENCE = 3;
const LEAST_PATIENCE: Millis = 150;
/**
 * Overload is this part of the limit in late calls, for each call normally under way and one more. With more, a small overload
 * is seen late; with less, a service that has only become eight times slower is taken for overloaded.
 */
const MANY = 0.35;

/**
 * The rule of adaptive mode: it sees failures as calls end, as {@link cusum} does, and silence and overload when a call is
 * about to be made. On overload the circuit becomes half-open at once, without an open period, so that the recovery limits
 * the calls. Combine it with any wait and any recovery, or in `anyOf` with limits of your own.
 *
 * Each call takes a permit, even while closed.
 *
 * @throws {RangeError | TypeError} if an option is out of range or unknown
 * @example
 * ```ts
 * const atMost = anyOf(watching(), slowCallRate(0.5, { slowerThan: 2_000 }));
 * const search = createBreaker({ name: 'search', openWhen: atMost, openFor: squareRoot(), recover: selfClocked() });
 * ```
 */
export function watching(options: CusumOptions = {}): DetectorRecipe {
  const { breakEven } = requireCusumOptions('watching', options);
  const recipe: DetectorRecipe = {
    build: (setting) => ({
      clockReads: 2,
      slowerThan: Infinity,
      sums: true,
      watches: true,
      anchored: setting.window?.anchored,
      vitals: learnedVitals,
      start: (at, before, vitals) => new Watch(breakEven, at, setting, { before, vitals }),
    }),
  };
  return made(recipe, 'watching', breakEven);
}

class Watch extends SequentialTest {
  /** Never undefined here, because the plan asks for vitals. */
  declare protected readonly vitals: Vitals;
  /** Since when many calls have been late. */
  #lateSince: Instant = Infinity;

  admitting(at: Instant): Verdict | undefined {
    // At most calls few are unanswered and answers are quick. Only otherwise is the logarithm worth its cost.
    const silence = this.vitals.unanswered > LEAST_UNANSWERED && this.#silence(at);
    if (silence) return silence;
    if (isSlow(this.vitals)) return this.#overload(at);
    this.#lateSince = Infinity;
    return undefined;
  }

  /**
   * No answer to the calls sent: while the dependency is healthy, that has the probability e^-limit. After a pause of the
   * dependency, such as two long calls before two servers, the next silence may last longer.
   */
  #silence(at: Instant): Verdict | undefined {
    const { unanswered, silentFor, normalLatency } = this.vitals;
    const limit = this.limit(at);
    if (unanswered <= limit) return undefined;
    const patience = this.vitals.pausePatience(at);
    const due = this.vitals.rate(at) * (silentFor - Math.max(LEAST_PATIENCE, PATIENCE * normalLatency, patience));
    if (due <= limit) return undefined;
    const evidence = { unanswered, due, limit, silentFor, normalLatency, ...(patience > 0 && { patience }) };
    return { rule: 'silence', evidence };
  }

  /**
   * Calls are slow, more and more are under way, and the late ones alone are many times what is normally under way. By then a
   * burst has been served; and a service that has only become slower has more under way in the same proportion, not more.
   * Where such queues have drained by themselves before, this one gets as long as they took.
   */
  #overload(at: Instant): Verdict | undefined {
    const { load, late, latency, normalLatency } = this.vitals;
    const normal = normalLoad(this.vitals, at);
    const limit = MANY * this.limit(at) * (1 + normal);
    if (late <= limit) {
      this.#lateSince = Infinity;
      return undefined;
    }
    this.#lateSince = Math.min(this.#lateSince, at);
    const lateFor = at - this.#lateSince;
    const patience = this.vitals.surgePatience(at);
    if (lateFor < patience) return undefined;
    const evidence = {
      load,
      late,
      limit,
      normalLoad: normal,
      latency,
      normalLatency,
      ...(patience > 0 && { lateFor, patience }),
    };
    return { rule: 'overload', to: 'half-open', evidence };
  }
}
