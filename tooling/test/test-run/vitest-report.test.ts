import { describe, expect, it } from 'vitest';
import { readReport } from '../../src/test-run/vitest-report.ts';

function report(success: boolean, files: readonly { status: string; tests: readonly string[] }[]): string {
  return JSON.stringify({
    success,
    testResults: files.map(({ status, tests }, file) => ({
      name: `${file}.test.ts`,
      status,
      assertionResults: tests.map((outcome, i) => ({
        fullName: `${file}.${i}`,
        status: outcome,
        failureMessages: outcome === 'failed' ? ['Error: expected 1\n    to be 2'] : [],
      })),
    })),
  });
}

describe('reading a report of vitest', () => {
  it('counts what passed, names what failed with its error, and what did not run', () => {
    const files = [
      { status: 'failed', tests: ['passed', 'failed', 'skipped'] },
      { status: 'passed', tests: ['passed', 'todo', 'pending'] },
    ];
    expect(readReport('x', report(false, files))).toEqual({
      name: 'x',
      passed: 2,
      failed: 1,
      failures: ['0.1\n        Error: expected 1\n            to be 2'],
      skipped: ['0.2', '1.1', '1.2'],
    });
  });

  it.each([
    ['a missing report', undefined],
    ['a report without tests', report(true, [])],
    ['a file that failed before its first test', report(false, [{ status: 'failed', tests: [] }])],
    ['a file that failed after its tests', report(false, [{ status: 'failed', tests: ['passed'] }])],
    ['an error outside of every test', report(false, [{ status: 'passed', tests: ['passed'] }])],
  ])('%s is a failure', (_case, text) => {
    expect(readReport('x', text).failed).toBe(1);
  });
});
