import { read } from './branches.ts';

/** Receives errors that must not reach a caller. Every breaker is one. */
export interface Reporter {
  report(error: unknown, where: string): void;
}

/**
 * Calls a user's function that returns nothing of interest. If it throws, or returns a promise that rejects, the error is
 * reported under the function's name and has no other effect.
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
 * Calls a user's function whose result is needed synchronously. If it throws or returns a promise, that is reported under
 * the function's name.
 *
 * @param where the option or method that the function was given to: `'classify'`
 * @returns the result; `undefined` if the function threw or returned a promise
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
    reporter.report(new TypeError(`${where} must return synchronously, got a promise`), where);
  } catch (error) {
    reporter.report(error, where);
  }
  return undefined;
}

const NOWHERE: Reporter = { report() {} };

/** Makes a reporter of `onError` or a similar hook. Errors of the hook itself are dropped. */
export function reportTo(onError: ((error: unknown, where: string) => unknown) | undefined): Reporter {
  return { report: (error, where) => notify('onError', NOWHERE, onError, error, where) };
}

/** @returns whether the answer is a promise. Its rejection is reported, because no other code awaits it */
export function handleRejection(where: string, reporter: Reporter, answer: unknown): boolean {
  if (typeof read(answer, 'then') !== 'function') return false;
  Promise.resolve(answer).then(undefined, (error: unknown) => reporter.report(error, where));
  return true;
}
