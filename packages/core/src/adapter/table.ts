import { type Branch, read, readText } from '../foreign/branches.ts';
import { classifyBranches } from '../foreign/ruling.ts';
import { classifyNetworkBranch, rulingOfAnswer } from '../http/classify-network-error.ts';
import { type Ending, OUTCOMES, type Outcome, type Ruling } from '../vocabulary/outcome.ts';
import { invalid, requireOneOf } from '../vocabulary/requirement.ts';

/**
 * What an error is recognized by: its `code` or `name` (a string), its `errno` or status (a number), a pattern that its code or
 * message has, or a function.
 */
export type ErrorMatcher = string | number | RegExp | ((error: unknown) => boolean);

/** One row: errors, their outcome, and a kind. Without a kind, the error's own code is the kind. */
export type OutcomeRow = readonly [
  errors: ErrorMatcher | readonly ErrorMatcher[],
  outcome: Outcome,
  kind?: string | undefined,
];

/**
 * Makes a classifier of rows. The first row counts that matches the error or one behind it. Errors that no row matches count as
 * `classifyNetworkError` says; values are successes.
 *
 * @throws {TypeError} if the rows are no list, or the outcome of one is unknown
 * @example
 * ```ts
 * table([[['ER_CON_COUNT_ERROR', 'PROTOCOL_CONNECTION_LOST'], 'failure'], [/^ER_/, 'success', 'sql'], ['POOL_CLOSED', 'ignored']]);
 * ```
 */
export function table(rows: readonly OutcomeRow[]): (ending: Ending) => Ruling {
  if (!Array.isArray(rows)) invalid('table', 'given a list of rows', rows, "table([['EBUSY', 'ignored']])");
  for (const [i, row] of rows.entries()) requireOneOf(`the outcome of row ${i + 1}`, read(row, 1), OUTCOMES);
  const rule = (branch: Branch): Ruling =>
    byRows(rows, branch) ?? rulingOfAnswer(branch, undefined) ?? classifyNetworkBranch(branch);
  return (ending) => ('error' in ending ? classifyBranches(ending.error, rule) : { outcome: 'success' });
}

function byRows(rows: readonly OutcomeRow[], branch: Branch): Ruling | undefined {
  for (const [matchers, outcome, kind] of rows) {
    for (const link of branch) {
      if (![matchers].flat().some((matcher) => matches(matcher as ErrorMatcher, link))) continue;
      const named = kind ?? readText(link, 'code') ?? readText(link, 'name');
      return outcome === 'success' ? { outcome } : { outcome, ...(named !== undefined && { kind: named }) };
    }
  }
  return undefined;
}

function matches(matcher: ErrorMatcher, link: unknown): boolean {
  const has = (field: string): boolean => read(link, field) === matcher;
  if (typeof matcher === 'function') return matcher(link);
  if (typeof matcher === 'number') return has('errno') || has('status') || has('statusCode') || has('code');
  if (typeof matcher === 'string') return has('code') || has('name');
  return matcher.test(readText(link, 'code') ?? '') || matcher.test(readText(link, 'message') ?? '');
}
