/** The counts of one step or one vitest project. */
export interface Tally {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  /** The full names of tests that failed, each with its first error, where the report has them. */
  readonly failures?: readonly string[];
  /** The full names of tests that did not run. */
  readonly skipped: readonly string[];
}

/** A command that is not a test suite counts as one test. */
export function single(name: string, passed: boolean): Tally {
  return { name, passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: [] };
}

/** The sum of all. With `skipsFail`, tests that did not run count as failed. */
export function sum(tallies: readonly Tally[], skipsFail: boolean): Tally {
  const skipped = tallies.flatMap((tally) => tally.skipped);
  return {
    name: 'all',
    passed: total(tallies, 'passed'),
    failed: total(tallies, 'failed') + (skipsFail ? skipped.length : 0),
    skipped,
  };
}

/** The line that ends the test command. */
export function lastLine({ passed, failed }: Tally): string {
  return `${passed} passed, ${failed} failed`;
}

function total(tallies: readonly Tally[], field: 'passed' | 'failed'): number {
  return tallies.reduce((all, tally) => all + tally[field], 0);
}
