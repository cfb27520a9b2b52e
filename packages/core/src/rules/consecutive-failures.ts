import type { Verdict } from '../vocabulary/because.ts';
import { made } from '../vocabulary/made.ts';
import { requireWhole } from '../vocabulary/requirement.ts';
import type { Rule, Tally } from './rule.ts';

/**
 * Opens after this many failures without a success between them, however far apart they are.
 * With many calls in flight a partly failing service opens it by chance: prefer a rate there.
 *
 * @param failures a whole number of at least 1
 * @throws {RangeError | TypeError} for anything else
 */
export function consecutiveFailures(failures: number): Rule {
  requireWhole('consecutiveFailures', failures);
  const rule: Rule = {
    name: 'consecutiveFailures',
    needs: [{ option: 'consecutiveFailures', value: failures, perCall: 1, lasts: true }],
    easedBySuccess: true,
    judge({ run }: Tally): Verdict | undefined {
      return run < failures ? undefined : { rule: 'consecutiveFailures', evidence: { run, limit: failures } };
    },
  };
  return made(rule, 'consecutiveFailures', failures);
}
