import { type Holder, requireSample } from '../rules/need.ts';
import type { Rule } from '../rules/rule.ts';
import { made } from '../vocabulary/made.ts';
import { invalid, requireMillis, requireOneOf, requireOptions, requireWhole } from '../vocabulary/requirement.ts';
import type { Millis } from '../vocabulary/time.ts';
import { byCount, bySample, type Decision, Judge } from './decision.ts';
import type { RecoverRecipe, RecoverSetting } from './recover.ts';
import { endingAfter, stay } from './stay.ts';

interface StayOptions {
  /** How many probes may be in flight at once: a whole number of at least 1. */
  readonly permitted: number;

  /**
   * Milliseconds, greater than 0, after which an unsettled probe loses its place to another.
   *
   * @default the breaker's permitTimeout
   */
  readonly reprobeAfter?: Millis;

  /**
   * The longest time half-open, in milliseconds; greater than 0.
   *
   * @default Infinity
   */
  readonly maxStay?: Millis;

  /**
   * Where the circuit goes after `maxStay`. Only allowed together with it.
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
   * Opens again after this many failures: a whole number of at least 1. A slow success is a failure if the breaker's rule
   * judges slowness.
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
   * Opens again if this rule holds over the sample, and closes if not. The sample is judged as a whole: no minimum of calls
   * applies, and if every probe failed or was slow the circuit opens again whatever the rule says. A rule given here that
   * needs more calls than the sample has is refused when the breaker is made.
   *
   * @default the breaker's own rule
   */
  readonly judge?: Rule;

  readonly successes?: never;
  readonly failures?: never;
}

/** Options of {@link probes}: either counts or a sample decides, never both. */
export type ProbesOptions = CountedProbes | SampledProbes;

const NAMES = ['permitted', 'successes', 'failures', 'sample', 'judge', 'reprobeAfter', 'maxStay', 'afterMaxStay'];

/**
 * Makes a recovery that lets a few calls through and decides by their outcomes. Other calls are refused, never queued.
 *
 * @throws {RangeError | TypeError} if an option is out of range or unknown, or if counts and a sample are combined
 */
export function probes(options: ProbesOptions): RecoverRecipe {
  requireOptions('probes', options, NAMES);
  const { permitted, reprobeAfter, maxStay, afterMaxStay = 'open' } = options;
  requireWhole('probes permitted', permitted);
  if (reprobeAfter !== undefined) requireMillis('probes reprobeAfter', reprobeAfter);
  if (maxStay !== undefined) requireMillis('probes maxStay', maxStay);
  requireOneOf('probes afterMaxStay', afterMaxStay, ['open', 'closed']);
  if (maxStay === undefined && options.afterMaxStay !== undefined)
    invalid('probes afterMaxStay', 'used together with maxStay', afterMaxStay);
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

/**
 * Reads the breaker's own rule from the setting only if it decides, because a recovery that reads it is rebuilt with
 * it.
 */
function decisionOf(options: ProbesOptions): (setting: RecoverSetting) => Decision {
  const { permitted, successes = permitted, failures = 1, sample, judge } = options;
  if (sample === undefined) {
    if (judge !== undefined) invalid('probes judge', 'used together with sample', judge);
    requireWhole('probes successes', successes);
    requireWhole('probes failures', failures);
    return () => byCount(permitted, successes, failures);
  }
  if (options.successes !== undefined) invalid('probes successes', 'omitted if sample is given', successes);
  if (options.failures !== undefined) invalid('probes failures', 'omitted if sample is given', failures);
  requireWhole('probes sample', sample);
  if (judge !== undefined && typeof judge?.judge !== 'function') invalid('probes judge', 'a rule', judge);
  return (setting) => {
    if (judge) requireSample(judge, holderOf(sample));
    return bySample(sample, new Judge('probes', judge ?? setting.rule));
  };
}

function holderOf(capacity: number): Holder {
  return { asks: 'probes judge', name: 'probes sample', capacity, cure: (calls) => `sample to ${calls} or more` };
}
