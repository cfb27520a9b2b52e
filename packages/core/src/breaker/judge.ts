import { type Ending, OUTCOMES, type Outcome, type Ruling } from '../vocabulary/outcome.ts';
import { refuse, requireNumber } from '../vocabulary/requirement.ts';
import type { Millis } from '../vocabulary/time.ts';
import type { AbortState } from './breaker.ts';
import { find, isCircuitOpen } from './circuit-open-error.ts';

/** Where an error goes that must not reach the caller. */
export interface Reporter {
  report(error: unknown, where: string): void;
}

/** Under this name an error brings its own ruling, whatever copy of whatever package it comes from. */
const RULING = '@switchgear/ruling';

/**
 * The word of the user's classifier; else the ruling that the error itself brings, as a full bulkhead's does; else the
 * default's word. A classifier that throws is reported and changes nothing. For adapters:
 * `judge({ error }, options.classify, classifyPgError, breaker)`.
 */
export function judge<E extends Ending>(
  ending: E,
  classify: ((ending: E) => Outcome | Ruling | undefined) | undefined,
  byDefault: (ending: E) => Outcome | Ruling,
  reporter: Reporter,
): Outcome | Ruling {
  try {
    const word = classify?.(ending);
    if (word !== undefined) {
      requireVerdict('the word of classify', word);
      return word;
    }
  } catch (error) {
    reporter.report(error, 'classify');
  }
  const bringing = 'error' in ending && find(ending.error, RULING);
  return bringing ? (bringing[RULING] as Ruling) : byDefault(ending);
}

/** Refuses what does not say how a call ended, or how long it took. */
export function requireVerdict(of: string, word: unknown, duration: Millis = 0): void {
  if (!OUTCOMES.includes((word as Partial<Ruling> | null)?.outcome ?? word)) refuse(of, 'an outcome or a ruling', word);
  requireNumber(`${of} duration`, duration, 0);
}

/** What `run` and `wrap` think of an ending when nobody says otherwise. */
export function outcomeOf(ending: Ending): Outcome {
  if (!('error' in ending)) return 'success';
  // A breaker further down refused: this dependency was never asked.
  return isCircuitOpen(ending.error) ? 'ignored' : 'failure';
}

/** What a caller's signal says of a call that rejected, whatever the error looks like; nothing if it has not aborted. */
export function outcomeOfAbort(signal: AbortState | undefined): Ruling | undefined {
  if (!signal?.aborted) return undefined;
  const reason = signal.reason as { readonly name?: unknown } | null | undefined;
  return reason?.name === 'TimeoutError' ? { outcome: 'failure', kind: 'timeout' } : { outcome: 'ignored' };
}
