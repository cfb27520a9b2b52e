import type { Tally } from './tally.ts';

/** The fields of vitest's JSON report that are read here. */
interface Report {
  readonly success: boolean;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    /** Why the file failed, if that was not in a test. */
    readonly message?: string;
    readonly assertionResults: readonly Test[];
  }[];
}

interface Test {
  readonly fullName: string;
  readonly status: string;
  readonly failureMessages?: readonly string[];
}

/**
 * The counts of a vitest project. A missing report, a file that failed before its first test, and errors outside of every
 * test count as one failure each, so that a run without results never passes.
 */
export function readReport(name: string, report: string | undefined): Tally {
  if (report === undefined) return { name: `${name}: ended without a report`, passed: 0, failed: 1, skipped: [] };
  const { success, testResults } = JSON.parse(report) as Report;
  const tests = testResults.flatMap((file) => file.assertionResults);
  const brokenFiles = testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
  );
  const passed = tests.filter(({ status }) => status === 'passed').length;
  const failures = [
    ...tests
      .filter(({ status }) => status === 'failed')
      .map(({ fullName, failureMessages = [] }) => withReason(fullName, failureMessages[0])),
    ...brokenFiles.map(({ name: file, message }) => withReason(file, message)),
  ];
  const skipped = tests
    .filter(({ status }) => status !== 'passed' && status !== 'failed')
    .map(({ fullName }) => fullName);
  if (passed + failures.length + skipped.length === 0)
    return { name: `${name}: ran no test`, passed: 0, failed: 1, skipped: [] };
  return { name, passed, failed: failures.length || (success ? 0 : 1), failures, skipped };
}

/** The first lines of an error, and the first place: what was expected is often on the second line. */
function withReason(name: string, error = ''): string {
  const lines = [name, ...error.split('\n')].filter((line) => line.trim() !== '');
  const isPlace = (line: string) => /^\s+at /.test(line);
  return [...lines.filter((line) => !isPlace(line)).slice(0, 4), ...lines.filter(isPlace).slice(0, 1)].join(
    '\n        ',
  );
}
