import type { BreakerOptions } from '../contract/options.ts';
import { type CusumOptions, requireCusumOptions } from '../detector/cusum.ts';
import type { DetectorRecipe } from '../detector/detector.ts';
import { SequentialTest } from '../detector/sequential-test.ts';
import { squareRoot } from '../open-for/growing.ts';
import type { RecoverRecipe } from '../recover/recover.ts';
import { learnedVitals } from '../vitals/learned-vitals.ts';
import type { Vitals } from '../vitals/vitals.ts';
import { made } from '../vocabulary/made.ts';
import type { Verdict } from '../vocabulary/state.ts';
import type { Instant } from '../vocabulary/time.ts';
import { isSlow } from './limit.ts';
import { SelfClockedRecovery } from './self-clocked.ts';

/** What {@link adaptive} fills in. */
export type AdaptivePlugs = Required<Pick<BreakerOptions, 'openWhen' | 'openFor' | 'recover'>>;

/** Breakers are often made alike, and then share what they go by. */
let latest: { readonly breakEven: number; readonly plugs: AdaptivePlugs } | undefined;

/**
 * Protection without numbers to set: a breaker that learns what is normal and opens when that changes.
 *
 * - It opens on failures that cannot be chance ({@link cusum}), and on silence: when nothing comes back although much was
 *   sent, before any time limit has passed.
 * - When calls grow slow and pile up it limits how many are under way, without an open period.
 * - It probes at times that weigh a probe's cost against noticing late ({@link squareRoot}).
 * - Traffic comes back as fast as the answers do.
 *
 * Each call costs a permit, also while closed.
 *
 * @throws {RangeError | TypeError} for an option out of range
 * @example
 * ```ts
 * const search = createBreaker({ name: 'search', ...adaptive() });
 * ```
 */
export function adaptive(options: CusumOptions = {}): AdaptivePlugs {
  const { breakEven } = requireCusumOptions('adaptive', options);
  if (latest?.breakEven !== breakEven) latest = { breakEven, plugs: plugsOf(breakEven) };
  return latest.plugs;
}

function plugsOf(breakEven: number): AdaptivePlugs {
  const recover: RecoverRecipe = { build: ({ permitTimeout }) => new SelfClockedRecovery(breakEven, permitTimeout) };
  return {
    openWhen: watching(breakEven),
    openFor: squareRoot(),
    recover: made(recover, 'adaptive recover', breakEven),
  };
}

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
