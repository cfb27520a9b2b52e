import { invalid } from '@switchgear/core/adapter';

/** What is used of a test runner: the functions that vitest, jest, mocha, `node:test` and `@std/testing/bdd` have in common. */
export interface TestRunner {
  /** Groups tests. */
  describe(name: string, define: () => void): unknown;

  /** Adds a test, which fails if its promise rejects. */
  it(name: string, test: () => Promise<void>): unknown;
}

/**
 * The runner that was given, or the global functions of the runner that is running.
 *
 * @throws {TypeError} if there is neither
 */
export function runnerFor(given: TestRunner | undefined): TestRunner {
  const runner = given ?? (globalThis as unknown as TestRunner);
  if (typeof runner.describe !== 'function' || typeof runner.it !== 'function') {
    invalid('the test runner', 'an object with describe and it', given, "import * as runner from 'vitest'");
  }
  return runner;
}
