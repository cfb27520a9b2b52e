import type { Rule } from '../rules/rule.ts';
import { reaches } from '../vocabulary/decimal.ts';
import { made } from '../vocabulary/made.ts';
import { invalid, requireMillis, requireOptions, requireShare, requireWhole } from '../vocabulary/requirement.ts';
import type { Verdict } from '../vocabulary/state.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import { Judge, type JudgedSample, NOTHING, type Sample, verdictOf } from './decision.ts';
import type { Admission, ProbeEnding, Progress, Recover, RecoverRecipe } from './recover.ts';

/** Options of {@link ramp}. */
export interface RampOptions {
  /**
   * Successes after which a stage is over, slow ones not counted: a whole number of at least 1. The more, the longer callers
   * are refused although all is well: a ramp costs more than probes except where a cache is cold.
   *
   * @default 3
   */
  readonly successes?: number;

  /**
   * How long each share is tried instead, in milliseconds; greater than 0. The stage ends with the first success after that.
   * For a dependency that needs time rather than calls; its cost grows with each second. Not together with `successes`.
   *
   * @default undefined: stages end by successes
   */
  readonly stage?: Millis;

  /**
   * The rule that sends the ramp back to the previous share, judged over the calls of the stage; its own minimum of calls
   * does not apply. If every call of a stage failed or was slow, the ramp goes back whatever the rule says.
   *
   * @default the breaker's own rule
   */
  readonly judge?: Rule;

  /**
   * Settled calls of a stage before it is judged: a whole number of at least 1. The first call of a ramp is a probe and is
   * judged alone.
   *
   * @default 5
   */
  readonly minimumCalls?: number;
}

/** What a ramp remembers while half-open. */
interface RampMemory {
  readonly stage: number;
  readonly since: Instant;

  /** Accumulates the share with each call offered; at 1 a call goes through. */
  readonly credit: number;

  /** Calls up to this number were let through before the last rollback and no longer count. */
  readonly fence: number;

  /** The number of the last call that was let through. */
  readonly last: number;
  readonly sample: JudgedSample;
}

/**
 * Makes a recovery that lets growing shares of the offered traffic through. If a stage fails it goes back to the previous
 * share; from the first, the circuit opens. Calls are not chosen at random but evenly: at 0.25 the first and then every
 * fourth call goes through.
 *
 * @param shares each greater than 0 and at most 1, in ascending order
 * @throws {RangeError | TypeError} if the shares or an option are out of range or unknown
 * @example
 * ```ts
 * createBreaker({ name: 'search', recover: ramp([0.1, 0.25, 0.5, 1]) });
 * ```
 */
export function ramp(shares: readonly number[], options: RampOptions = {}): RecoverRecipe {
  if (!Array.isArray(shares) || shares.length === 0) invalid('ramp', 'a list of shares', shares);
  for (const [index, share] of shares.entries()) {
    requireShare('ramp share', share);
    if (share <= (shares[index - 1] ?? 0)) invalid('ramp shares', 'in ascending order', share);
  }
  requireOptions('ramp', options, ['successes', 'stage', 'judge', 'minimumCalls']);
  const { stage, judge, minimumCalls = 5 } = options;
  if (stage !== undefined && options.successes !== undefined) {
    invalid(
      'ramp stage',
      'given without successes, because a stage ends either by time or by count',
      stage,
      '{ stage: 5_000 }',
    );
  }
  const { successes = stage === undefined ? 3 : 1 } = options;
  if (stage !== undefined) requireMillis('ramp stage', stage);
  requireWhole('ramp successes', successes);
  requireWhole('ramp minimumCalls', minimumCalls);
  if (judge !== undefined && typeof judge?.judge !== 'function') invalid('ramp judge', 'a rule', judge);
  const recipe: RecoverRecipe = {
    // The breaker's rule is read only if it is used, because a recovery that reads it begins anew when the rule changes.
    build: (setting) =>
      new Ramp([...shares], { stage, successes }, new Judge('ramp', judge ?? setting.rule), minimumCalls),
  };
  return made(recipe, 'ramp', [...shares], stage, successes, judge, minimumCalls);
}

class Ramp implements Recover<RampMemory> {
  readonly #shares: readonly number[];
  readonly #length: Millis = 0;
  readonly #successes: number = 0;
  readonly #judge: Judge;
  readonly #minimumCalls: number = 0;

  constructor(
    shares: readonly number[],
    { stage = 0, successes }: { readonly stage: Millis | undefined; readonly successes: number },
    judge: Judge,
    minimumCalls: number,
  ) {
    this.#shares = shares;
    this.#length = stage;
    this.#successes = successes;
    this.#judge = judge;
    this.#minimumCalls = minimumCalls;
  }

  start({ at }: { readonly at: Instant }): RampMemory {
    return { stage: 0, since: at, credit: 1 - (this.#shares[0] as number), fence: 0, last: 0, sample: NOTHING };
  }

  admit(memory: RampMemory, { id }: { readonly id: number }): Admission<RampMemory> {
    const credit = memory.credit + (this.#shares[memory.stage] as number);
    if (!reaches(credit, 1)) return { admitted: false, memory: { ...memory, credit }, lost: 0 };
    return { admitted: true, memory: { ...memory, credit: credit - 1, last: id }, lost: 0 };
  }

  settle(memory: RampMemory, ending: ProbeEnding): Progress<RampMemory> {
    const { id, at, outcome, slow } = ending;
    if (id <= memory.fence || outcome === 'ignored') return { memory };
    const sample = this.#judge.add(memory.sample, ending);
    const verdict = this.#verdict(memory, sample);
    if (verdict) return this.#back(memory, at, verdict);
    const { calls, bad = 0 } = sample;
    const isOver = calls - bad >= this.#successes && at >= memory.since + this.#length;
    const isGood = outcome === 'success' && !slow;
    return isOver && isGood ? this.#on(memory, at, sample) : { memory: { ...memory, sample } };
  }

  #verdict(memory: RampMemory, sample: JudgedSample): Verdict | undefined {
    const first = memory.stage === 0 && sample.calls === 1;
    if (first) return sample.failures + sample.slow > 0 ? verdictOf('ramp', sample) : undefined;
    return sample.calls < this.#minimumCalls ? undefined : this.#judge.of(sample);
  }

  #back(memory: RampMemory, at: Instant, verdict: Verdict): Progress<RampMemory> {
    if (memory.stage === 0) return { to: 'open', verdict };
    // Calls under way were sent at the larger share, so they say nothing about the smaller one.
    const { stage, last: fence } = memory;
    return { memory: { ...memory, stage: stage - 1, since: at, fence, sample: NOTHING } };
  }

  #on(memory: RampMemory, at: Instant, sample: Sample): Progress<RampMemory> {
    const stage = memory.stage + 1;
    if (stage === this.#shares.length) return { to: 'closed', verdict: verdictOf('ramp', sample) };
    return { memory: { ...memory, stage, since: at, sample: NOTHING } };
  }

  tally({ sample, stage }: RampMemory): Sample & { readonly share: number } {
    return { ...sample, share: this.#shares[stage] as number };
  }
}
