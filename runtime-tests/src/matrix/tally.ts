import type { Line } from './line.ts';

/** A line as the test command adds it up. */
export interface Tally {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly string[];
}

/** The numbers of a line. A runtime that did not run is one test that did not run. */
export function tallyOf({ name, passed, failed, skipped }: Line): Tally {
  return {
    name,
    passed: passed.length,
    failed: failed.size,
    skipped: skipped === undefined ? [] : [`all specs on ${name}: ${skipped}`],
  };
}

/** The exit code of a run: 0 when nothing failed and, where `skipsFail`, nothing was skipped either. */
export function exitCodeOf(lines: readonly Line[], skipsFail: boolean): 0 | 1 {
  const bad = lines.some(({ failed, skipped }) => failed.size > 0 || (skipsFail && skipped !== undefined));
  return bad ? 1 : 0;
}
