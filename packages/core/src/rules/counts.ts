import type { DetectorRecipe } from '../detector/detector.ts';
import { reaches, tidy } from '../vocabulary/decimal.ts';
import { made } from '../vocabulary/made.ts';
import { requireFunction, requireMillis, requireOptions, requireWhole } from '../vocabulary/requirement.ts';
import type { Verdict } from '../vocabulary/state.ts';
import { countedRun } from './counted-run.ts';
import { countingInstead } from './counting.ts';
import { judged } from './judged.ts';
import { type FailureOptions, type SlowCallOptions, slowCalls } from './rates.ts';
import type { Measure, Rule, RuleDefinition, Tally } from './rule.ts';

/**
 * Opens at this many failures in the window, whatever the number of calls. It ignores the amount of traffic: what is an
 * outage at ten calls a minute is noise at ten thousand.
 *
 * @param count a whole number of at least 1, and no more than the window can hold
 * @param options `minimumCalls` is 1 by default, because the count is evidence enough
 * @throws {RangeError | TypeError} if the count or an option is out of range or unknown
 */
export function failureCount(count: number, options: FailureOptions = {}): Rule {
  requireWhole('failureCount', count);
  requireOptions('failureCount', options, ['minimumCalls', 'counting']);
  const { minimumCalls = 1, counting } = options;
  requireWhole('failureCount minimumCalls', minimumCalls);
  const { perCall } = counting ?? { perCall: 1 };
  const rule = countingInstead(counting, {
    name: 'failureCount',
    minimumCalls,
    ...(perCall !== undefined && { needs: [{ option: 'failureCount', value: count, perCall }] }),
    easedBySuccess: true,
    judge({ calls, failures }: Tally): Verdict | undefined {
      if (!reaches(failures, count)) return undefined;
      return { rule: 'failureCount', evidence: { failures: tidy(failures), limit: count, calls } };
    },
  });
  return made(judged(rule), 'failureCount', count, minimumCalls, counting?.id);
}

/**
 * Opens at this many slow calls in the window.
 *
 * @param count a whole number of at least 1, and no more than the window can hold
 * @param options `minimumCalls` is 1 by default, because the count is evidence enough
 * @throws {RangeError | TypeError} if the count or an option is out of range or unknown
 */
export function slowCallCount(count: number, options: SlowCallOptions): Rule {
  requireWhole('slowCallCount', count);
  requireOptions('slowCallCount', options, ['slowerThan', 'minimumCalls']);
  const { slowerThan, minimumCalls = 1 } = options;
  requireMillis('slowCallCount slowerThan', slowerThan);
  requireWhole('slowCallCount minimumCalls', minimumCalls);
  const measure = slowCalls(slowerThan);
  const rule: RuleDefinition = {
    name: 'slowCallCount',
    minimumCalls,
    needs: [{ option: 'slowCallCount', value: count, perCall: 1 }],
    slowerThan,
    easedBySuccess: true,
    measure,
    slowCalls: measure,
    judge(tally: Tally): Verdict | undefined {
      const slow = tally.total(measure);
      if (!reaches(slow, count)) return undefined;
      return { rule: 'slowCallCount', evidence: { slow, limit: count, calls: tally.calls, slowerThan } };
    },
  };
  return made(judged(rule), 'slowCallCount', count, slowerThan, minimumCalls);
}

/** Options of {@link consecutiveFailures}. */
export interface RunOptions {
  /** What is counted in place of failures: those of some `kinds`, or all by `weights`. Any other failure ends the run. */
  readonly counting: Measure;
}

/**
 * Opens after this many failures without a success between them, however far apart they are.
 * With many calls in flight a partly failing service opens the circuit by chance; prefer a rate then.
 *
 * With `counting` it is a detector rather than a rule: `anyOf` takes it, `allOf` and `sustained` do not.
 *
 * @param failures a whole number of at least 1
 * @throws {RangeError | TypeError} if the number or an option is out of range or unknown
 */
export function consecutiveFailures(failures: number): Rule;
export function consecutiveFailures(failures: number, options: RunOptions): DetectorRecipe;
export function consecutiveFailures(failures: number, options?: RunOptions): Rule | DetectorRecipe {
  requireWhole('consecutiveFailures', failures);
  if (options !== undefined) {
    const { counting } = requireOptions('consecutiveFailures', options, ['counting']);
    requireFunction('consecutiveFailures counting', counting?.add, 'a measure', counting, "kinds('timeout')");
    return countedRun(failures, counting);
  }
  const rule: RuleDefinition = {
    name: 'consecutiveFailures',
    needs: [{ option: 'consecutiveFailures', value: failures, perCall: 1, lasts: true }],
    easedBySuccess: true,
    judge({ run }: Tally): Verdict | undefined {
      return run < failures ? undefined : { rule: 'consecutiveFailures', evidence: { run, limit: failures } };
    },
  };
  return made(judged(rule), 'consecutiveFailures', failures);
}
