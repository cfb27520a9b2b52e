import type { Millis } from './time.ts';

/**
 * What one call said about the *dependency*, not about the caller: a 404 is a success, a caller's abort is ignored.
 * An ignored call counts nowhere; it only gives its permit back.
 */
export type Outcome = 'success' | 'failure' | 'ignored';

/** The outcomes by name. */
export const OUTCOMES: readonly unknown[] = ['success', 'failure', 'ignored'];

/** An outcome with what else is known of it. */
export interface Ruling {
  readonly outcome: Outcome;

  /** What kind of ending it was, for rules and metrics. Keep to few values: `'timeout'`, `'503'`, `'ECONNRESET'`. */
  readonly kind?: string;

  /** Milliseconds the server asked us to stay away for; a floor for how long the circuit stays open. */
  readonly retryAfter?: Millis;
}

/** How a call ended, before anybody has judged it. */
export type Ending = { readonly value: unknown } | { readonly error: unknown };

/**
 * Judges an ending. `undefined` leaves it to the default, so a classifier need only name its exceptions.
 * One that throws is reported through `onError`, and the default's word stands.
 */
export type Classify = (ending: Ending) => Outcome | Ruling | undefined;
