import type { Millis } from './time.ts';

/**
 * What one call said about the *dependency*, not about the caller: a 404 is a success, a caller's abort is ignored.
 * An ignored call counts nowhere; it only gives its permit back.
 */
export type Outcome = 'success' | 'failure' | 'ignored';

/** The outcomes by name. */
export const OUTCOMES: readonly unknown[] = ['success', 'failure', 'ignored'];

/** An outcome with further details. */
export interface Ruling {
  readonly outcome: Outcome;

  /** The kind of ending, for rules and metrics. Use few distinct values: `'timeout'`, `'503'`, `'ECONNRESET'`. */
  readonly kind?: string;

  /** Milliseconds the server asked clients to wait; a lower bound for how long the circuit stays open. */
  readonly retryAfter?: Millis;

  /**
   * What the answer says of the endpoint that gave it, besides the outcome: `'leaving'`, it wants no more calls; `'degraded'`,
   * it can do less than usual. Balancers act on it; a breaker by itself does not.
   */
  readonly endpoint?: 'leaving' | 'degraded';
}

/** How a call ended, before it is classified. */
export type Ending = { readonly value: unknown } | { readonly error: unknown };

/**
 * Classifies an ending. Return `undefined` to keep the default, so that a classifier handles only its exceptions.
 * If it throws, the error is passed to `onError` and the default applies.
 */
export type Classify = (ending: Ending) => Outcome | Ruling | undefined;
