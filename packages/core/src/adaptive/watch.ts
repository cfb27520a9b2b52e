import type { DetectorRecipe } from '../detector/detector.ts';
import { SequentialTest } from '../detector/sequential-test.ts';
import { learnedVitals } from '../vitals/learned-vitals.ts';
import type { Vitals } from '../vitals/vitals.ts';
import type { Verdict } from '../vocabulary/because.ts';
import { made } from '../vocabulary/made.ts';
import type { Instant } from '../vocabulary/time.ts';
import { isSlow } from './unusual.ts';

/** Fewer calls than this without an answer are no silence. */
const LEAST_UNANSWERED = 8;
/** An answer may take so many times the normal latency. */
const PATIENCE = 3;

/** The detector of adaptive mode: failures as they end, silence and overload when a call is about to be made. */
export function watching(breakEven: number): DetectorRecipe {
  const recipe: DetectorRecipe = {
    build: () => ({
      clockReads: 2,
      slowerThan: Infinity,
      watches: true,
      vitals: learnedVitals,
      start: (_at, before, vitals) =>
        new Watch(breakEven, before instanceof SequentialTest ? before : undefined, vitals),
    }),
  };
  return made(recipe, 'adaptive openWhen', breakEven);
}

class Watch extends SequentialTest {
  /** Always there: the plan asks for them. */
  declare protected readonly vitals: Vitals;

  admitting(at: Instant): Verdict | undefined {
    // Most calls are asked about with none or few unanswered, and quick ones: only the rest is worth a logarithm.
    const silence = this.vitals.unanswered > LEAST_UNANSWERED && this.#silence(at);
    if (silence) return silence;
    return isSlow(this.vitals) ? this.#overload(at) : undefined;
  }

  /** Nothing comes back although so much was sent: under health that has the probability e^-limit. */
  #silence(at: Instant): Verdict | undefined {
    const { unanswered, silentFor, normalLatency } = this.vitals;
    const limit = this.limit(at);
    const expected = this.vitals.rate(at) * (silentFor - PATIENCE * normalLatency);
    if (unanswered <= limit || expected <= limit) return undefined;
    return { rule: 'silence', evidence: { unanswered, silentFor, normalLatency } };
  }

  /** More calls are under way, at several times the normal latency, than chance would bring together (Bernstein's bound). */
  #overload(at: Instant): Verdict | undefined {
    const { load, latency, normalLatency } = this.vitals;
    const limit = this.limit(at);
    const normal = this.vitals.rate(at) * normalLatency;
    if (load <= normal + limit / 3 + Math.sqrt(2 * normal * limit)) return undefined;
    return { rule: 'overload', to: 'half-open', evidence: { load, latency, normalLatency } };
  }
}
