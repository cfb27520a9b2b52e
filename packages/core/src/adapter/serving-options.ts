import type { Breaker } from '../contract/breaker.ts';
import { read } from '../foreign/branches.ts';
import { invalid, requireFunction } from '../vocabulary/requirement.ts';
import { chosenBreaker } from './guard.ts';

/** One breaker for all requests, or a function that picks one for each; `undefined` lets a request through unprotected. */
export type ServingChoice<Request> = Breaker | ((request: Request) => Breaker | undefined);

/**
 * Checks the options that adapters of servers share: `breaker`, `classify` and `onOpen`. Each may be absent; whether one is
 * required, the adapter knows.
 *
 * @throws {TypeError} for one of the wrong type
 */
export function requireServingOptions(options: {
  readonly breaker?: unknown;
  readonly classify?: unknown;
  readonly onOpen?: unknown;
}): void {
  const { breaker, classify, onOpen } = options;
  if (breaker !== undefined && typeof breaker !== 'function' && typeof read(breaker, 'acquire') !== 'function') {
    invalid(
      'breaker',
      'a breaker or a function that picks one for a request',
      breaker,
      "createBreaker({ name: 'orders' })",
    );
  }
  if (classify !== undefined) requireFunction('classify', classify);
  if (onOpen !== undefined && onOpen !== 'respond' && onOpen !== 'throw') {
    requireFunction('onOpen', onOpen, "'respond', 'throw' or a function");
  }
}

/**
 * The breaker for a request.
 *
 * @throws what the function throws; {@link TypeError} for anything but a breaker or `undefined`
 */
export function breakerOfRequest<Request>(choice: ServingChoice<Request>, request: Request): Breaker | undefined {
  return typeof choice === 'function' ? chosenBreaker('what breaker picks', choice(request)) : choice;
}
