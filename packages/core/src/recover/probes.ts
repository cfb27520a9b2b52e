import { type Holder, requireSample } from '../rules/need.ts';
import type { Rule } from '../rules/rule.ts';
import { made } from '../vocabulary/made.ts';
import { refuse, requireMillis, requireOneOf, requireOptions, requireWhole } from '../vocabulary/requirement.ts';
import type { Millis } from '../vocabulary/time.ts';
import { byCount, bySample, type Decision, Judge } from './decision.ts';
import type { RecoverRecipe, RecoverSetting } from './recover.ts';
import { endingAfter, stay } from './stay.ts';

interface StayOptions {
  /** How many probes may be in flight at once: a whole number of at least 1. */
  readonly permitted: number;

  /**
   * Milliseconds, greater than 0, after which a probe that nobody settled gives its place to another.
   *
   * @default the breaker's permitTimeout
   */
  readonly reprobeAfter?: Millis;

  /**
   * The longest stay half-open, in milliseconds; greater than 0.
   *
   * @default Infinity
   */
  readonly maxStay?: Millis;

  /**
   * Where the circuit goes when the longest stay is over. Only together with `maxStay`.
   *
   * @default 'open'
   */
  readonly afterMaxStay?: 'open' | 'closed';
}

/** Options of {@link probes} that decide at once, as soon as either count is reached. */
export interface CountedProbes extends StayOptions {
  /**
   * Closes after this many successes: a whole number of at least 1.
   *
   * @default the value of `permitted`
   */
  readonly successes?: number;

  /**
   * Opens again after this many failures: a whole number of at least 1. A slow success is a failure where the breaker's rule judges slowness.
   *
   * @default 1
   */
  readonly failures?: number;

  readonly sample?: never;
  readonly judge?: never;
}

/** Options of {@link probes} that decide after a sample. */
export interface SampledProbes extends StayOptions {
  /** Decides after this many probes: a whole number of at least 1. */
  readonly sample: number;

  /**
   * Opens again if this rule holds over the sample, and closes if not. A sample is judged whole: no minimum of calls
   * applies, and one in which every probe failed or was slow opens again whatever the rule. A rule given here that counts
   * up to more than the sample is refused when the breaker is made.
   *
   * @default the breaker's own rule
   */
  readonly judge?: Rule;

  readonly successes?: never;
  readonly failures?: never;
}

/** Options of {@link probes}: it decides in one way or the other, never both. */
export type ProbesOptions = CountedProbes | SampledProbes;

const NAMES = ['permitted', 'successes', 'failures', 'sample', 'judge', 'reprobeAfter', 'maxStay', 'afterMaxStay'];

/**
 * Lets a few calls through and decides by how they end. All others are refused, never queued.
 *
 * @throws {RangeError | TypeError} for an option out of range, or options of both ways to decide
 */
export function probes(options: ProbesOptions): RecoverRecipe {
  requireOptions('probes', options, NAMES);
  const { permitted, reprobeAfter, maxStay, afterMaxStay = 'open' } = options;
  requireWhole('probes permitted', permitted);
  if (reprobeAfter !== undefined) requireMillis('probes reprobeAfter', reprobeAfter);
  if (maxStay !== undefined) requireMillis('probes maxStay', maxStay);
  requireOneOf('probes afterMaxStay', afterMaxStay, ['open', 'closed']);
  if (maxStay === undefined && options.afterMaxStay !== undefined)
    refuse('probes afterMaxStay', 'given with a maxStay', afterMaxStay);
  const decide = decisionOf(options);
  const recipe: RecoverRecipe = {
    build: (setting) => {
      const recover = stay(permitted, decide(setting), reprobeAfter ?? setting.permitTimeout);
      return maxStay === undefined ? recover : endingAfter(maxStay, afterMaxStay, recover);
    },
  };
  const { successes, failures, sample, judge } = options;
  return made(recipe, 'probes', permitted, successes, failures, sample, judge, reprobeAfter, maxStay, afterMaxStay);
}

/** The setting is asked for the breaker's own rule only where that decides: what reads it is built anew with it. */
function decisionOf(options: ProbesOptions): (setting: RecoverSetting) => Decision {
  const { permitted, successes = permitted, failures = 1, sample, judge } = options;
  if (sample === undefined) {
    if (judge !== undefined) refuse('probes judge', 'given with a sample', judge);
    requireWhole('probes successes', successes);
    requireWhole('probes failures', failures);
    return () => byCount(permitted, successes, failures);
  }
  if (options.successes !== undefined) refuse('probes successes', 'left out where a sample decides', successes);
  if (options.failures !== undefined) refuse('probes failures', 'left out where a sample decides', failures);
  requireWhole('probes sample', sample);
  if (judge !== undefined && typeof judge?.judge !== 'function') refuse('probes judge', 'a rule', judge);
  return (setting) => {
    if (judge) requireSample(judge, holderOf(sample));
    return bySample(sample, new Judge('probes', judge ?? setting.rule));
  };
}

function holderOf(capacity: number): Holder {
  return { asks: 'probes judge', name: 'probes sample', capacity, cure: (calls) => `sample to ${calls} or more` };
}
