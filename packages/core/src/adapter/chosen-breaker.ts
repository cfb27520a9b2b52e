import type { Breaker } from '../contract/breaker.ts';
import { read } from '../foreign/branches.ts';
import { handleRejection } from '../foreign/hook.ts';
import { refuse } from '../vocabulary/requirement.ts';

const NOWHERE = { report() {} };

/**
 * What an option `breaker` came to for one call: a breaker, or none, which lets the call through unprotected. It is needed
 * now, so a promise of a breaker is refused, and its rejection is handled because nothing else waits for it.
 *
 * @param what names the choice in the message: `'what breaker picks'`
 * @throws {TypeError} for anything that is not a breaker, `undefined` or `null`
 */
export function chosenBreaker(what: string, choice: unknown): Breaker | undefined {
  if (choice === undefined || choice === null) return undefined;
  if (typeof read(choice, 'acquire') === 'function') return choice as Breaker;
  handleRejection(what, NOWHERE, choice);
  return refuse(what, 'a breaker or undefined, at once', choice);
}
