import { read } from './branches.ts';

/** Where an error goes that must not reach a caller. Every breaker is one. */
export interface Reporter {
  report(error: unknown, where: string): void;
}

/**
 * Calls a user's function that is told something. If it throws, or returns a promise that rejects, the error is reported
 * under the function's name and affects nothing else.
 *
 * @param where the option or method that the function was given to: `'listener'`, `'onChange'`
 */
export function notify<Args extends readonly unknown[]>(
  where: string,
  reporter: Reporter,
  hook: ((...args: Args) => unknown) | undefined,
  ...args: Args
): void {
  try {
    const answer = hook?.(...args);
    if (answer !== undefined) handleRejection(where, reporter, answer);
  } catch (error) {
    reporter.report(error, where);
  }
}

/**
 * Asks a function of the user's for an answer that is needed now. What it throws is reported under its name, and so is a
 * promise, which is no answer yet.
 *
 * @returns the answer; `undefined` where there was none
 */
export function ask<Args extends readonly unknown[], Answer>(
  where: string,
  reporter: Reporter,
  hook: ((...args: Args) => Answer) | undefined,
  ...args: Args
): Answer | undefined {
  try {
    const answer = hook?.(...args);
    if (!handleRejection(where, reporter, answer)) return answer;
    reporter.report(new TypeError(`${where} must answer at once, got a promise`), where);
  } catch (error) {
    reporter.report(error, where);
  }
  return undefined;
}

const NOWHERE: Reporter = { report() {} };

/** For `onError` and similar hooks, which have no hook of their own to report to: their errors are dropped. */
export function reportTo(onError: ((error: unknown, where: string) => unknown) | undefined): Reporter {
  return { report: (error, where) => notify('onError', NOWHERE, onError, error, where) };
}

/** @returns whether the answer is a promise; its rejection is reported, because no other code awaits it */
export function handleRejection(where: string, reporter: Reporter, answer: unknown): boolean {
  if (typeof read(answer, 'then') !== 'function') return false;
  Promise.resolve(answer).then(undefined, (error: unknown) => reporter.report(error, where));
  return true;
}
