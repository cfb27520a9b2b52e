import type { GivenSignal } from '../contract/options.ts';
import { isObject, read } from '../foreign/branches.ts';
import { ask, type Reporter } from '../foreign/hook.ts';
import { rulingBrought, saysTimeout, wholeRuling } from '../foreign/ruling.ts';
import { type Ending, OUTCOMES, type Outcome, type Ruling } from '../vocabulary/outcome.ts';
import { invalidError, refuse, requireNumber } from '../vocabulary/requirement.ts';
import type { Millis } from '../vocabulary/time.ts';

/** What a caller's signal says of a call that rejected, whatever the error looks like; nothing if it has not aborted. */
export function outcomeOfAbort(signal: GivenSignal): Ruling | undefined {
  if (read(signal, 'aborted') !== true) return undefined;
  return saysTimeout(read(signal, 'reason')) ? { outcome: 'failure', kind: 'timeout' } : { outcome: 'ignored' };
}

/**
 * Why a call must not be made at all: its signal has already fired, or is not a signal.
 *
 * @returns the reason to reject with, which may be anything, in an object; nothing where the call may be made
 */
export function stoppedBefore(signal: GivenSignal): { readonly reason: unknown } | undefined {
  if (signal === undefined || signal === null) return undefined;
  const aborted = read(signal, 'aborted');
  if (!isObject(signal) || typeof aborted !== 'boolean') {
    return { reason: invalidError('the signal', 'an AbortSignal', signal, 'new AbortController().signal') };
  }
  return aborted ? { reason: reasonOf(signal) } : undefined;
}

/** Why `run` must not make a call: as `stoppedBefore`, or because it was given something other than a function. */
export function stoppedCall(call: unknown, signal: GivenSignal): { readonly reason: unknown } | undefined {
  if (typeof call === 'function') return signal ? stoppedBefore(signal) : undefined;
  return { reason: invalidError('run', 'given a function', call, 'run(() => fetch(url))') };
}

/** A signal's own reason, `null` included; an AbortError for a signal that has none, as in React Native. */
export function reasonOf(signal: unknown): unknown {
  const reason = read(signal, 'reason');
  return reason === undefined ? Object.assign(new Error('This operation was aborted'), { name: 'AbortError' }) : reason;
}

/**
 * The word of the user's classifier; else the ruling that the error itself brings, as a full bulkhead's does; else the
 * default's word. A classifier that throws is reported and changes nothing. For adapters:
 * `classifyWith({ error }, options.classify, classifyPgError, breaker)`.
 */
export function classifyWith<E extends Ending>(
  ending: E,
  classify: ((ending: E) => Outcome | Ruling | undefined) | undefined,
  byDefault: (ending: E) => Outcome | Ruling,
  reporter: Reporter,
): Outcome | Ruling {
  const word = classify && ask('classify', reporter, classify, ending);
  if (word !== undefined) {
    const ruling = rulingOf(word);
    if (ruling) return ruling;
    reporter.report(invalidError('the word of classify', RULE, word), 'classify');
  }
  return ruledByDefault(ending, byDefault, reporter);
}

/** Never throws: the permit must be settled and the caller must get its error, whatever that error is. */
function ruledByDefault<E extends Ending>(
  ending: E,
  byDefault: (ending: E) => Outcome | Ruling,
  reporter: Reporter,
): Outcome | Ruling {
  if (!('error' in ending)) return ask('classify', reporter, byDefault, ending) ?? 'success';
  return rulingBrought(ending.error) ?? ask('classify', reporter, byDefault, ending) ?? 'failure';
}

/** What an outcome or a ruling says, copied where it is an object; nothing where it is neither. */
function rulingOf(word: unknown): Outcome | Ruling | undefined {
  if (isObject(word)) return wholeRuling(word);
  return OUTCOMES.includes(word) ? (word as Outcome) : undefined;
}

const RULE = 'an outcome or a ruling';

/** Refuses what does not say how a call ended, or how long it took. A ruling is copied: it cannot change afterwards. */
export function requireRuling(of: string, word: unknown, duration: Millis = 0): Outcome | Ruling {
  requireNumber(`${of} duration`, duration, 0);
  return rulingOf(word) ?? refuse(of, RULE, word);
}

/** The outcome of an error in `run` and `wrap` without a classifier: the ruling it carries, otherwise a failure. */
export function outcomeOfError(error: unknown): Outcome | Ruling {
  return rulingBrought(error) ?? 'failure';
}

/** The default classifier of `run` and `wrap`. {@link classifyWith} has already looked for a ruling on the error. */
export function outcomeOf(ending: Ending): Outcome {
  return 'error' in ending ? 'failure' : 'success';
}
