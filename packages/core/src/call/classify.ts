import type { GivenSignal } from '../contract/options.ts';
import { isObject, read } from '../foreign/branches.ts';
import { ask, type Reporter } from '../foreign/hook.ts';
import { rulingBrought, saysTimeout, wholeRuling } from '../foreign/ruling.ts';
import { type Ending, OUTCOMES, type Outcome, type Ruling } from '../vocabulary/outcome.ts';
import { invalid, invalidError, requireNumber } from '../vocabulary/requirement.ts';
import type { Millis } from '../vocabulary/time.ts';

/**
 * Returns the ruling on a rejected call whose caller aborted it, whatever the error looks like: ignored, or a timeout if
 * that is the signal's reason.
 *
 * @returns undefined if the signal has not fired
 */
export function outcomeOfAbort(signal: GivenSignal): Ruling | undefined {
  if (read(signal, 'aborted') !== true) return undefined;
  return saysTimeout(read(signal, 'reason')) ? { outcome: 'failure', kind: 'timeout' } : { outcome: 'ignored' };
}

/**
 * Returns why a call must not be made: its signal has already fired, or is not a signal.
 *
 * @returns the reason to reject with, which may be any value, in an object; undefined if the call may be made
 */
export function stoppedBefore(signal: GivenSignal): { readonly reason: unknown } | undefined {
  if (signal === undefined || signal === null) return undefined;
  const aborted = read(signal, 'aborted');
  if (!isObject(signal) || typeof aborted !== 'boolean') {
    return { reason: invalidError('the signal', 'an AbortSignal', signal, 'new AbortController().signal') };
  }
  return aborted ? { reason: reasonOf(signal) } : undefined;
}

/** Why `run` must not make a call: as `stoppedBefore`, or because `call` is not a function. */
export function stoppedCall(call: unknown, signal: GivenSignal): { readonly reason: unknown } | undefined {
  if (typeof call === 'function') return signal ? stoppedBefore(signal) : undefined;
  return { reason: invalidError('run', 'given a function', call, 'run(() => fetch(url))') };
}

/** Returns a signal's own reason, even `null`; an AbortError if it has none, as in React Native. */
export function reasonOf(signal: unknown): unknown {
  const reason = read(signal, 'reason');
  return reason === undefined ? Object.assign(new Error('This operation was aborted'), { name: 'AbortError' }) : reason;
}

/**
 * Classifies an ending: by the user's classifier; otherwise by the ruling that the error itself carries, as that of a full
 * bulkhead does; otherwise by the default. If the user's classifier throws or returns anything else, that is reported and
 * the default applies. For adapters: `classifyWith({ error }, options.classify, classifyPgError, breaker)`.
 */
export function classifyWith<E extends Ending>(
  ending: E,
  classify: ((ending: E) => Outcome | Ruling | undefined) | undefined,
  byDefault: (ending: E) => Outcome | Ruling,
  reporter: Reporter,
): Outcome | Ruling {
  const returned = classify && ask('classify', reporter, classify, ending);
  if (returned !== undefined) {
    const ruling = rulingOf(returned);
    if (ruling) return ruling;
    reporter.report(invalidError('the result of classify', RULE, returned), 'classify');
  }
  return ruledByDefault(ending, byDefault, reporter);
}

/** Never throws, because the permit must be settled and the caller must get its error, whatever that error is. */
function ruledByDefault<E extends Ending>(
  ending: E,
  byDefault: (ending: E) => Outcome | Ruling,
  reporter: Reporter,
): Outcome | Ruling {
  if (!('error' in ending)) return ask('classify', reporter, byDefault, ending) ?? 'success';
  return rulingBrought(ending.error) ?? ask('classify', reporter, byDefault, ending) ?? 'failure';
}

/** The value if it is an outcome, a copy of it if it is a ruling; undefined if it is neither. */
function rulingOf(value: unknown): Outcome | Ruling | undefined {
  if (isObject(value)) return wholeRuling(value);
  return OUTCOMES.includes(value) ? (value as Outcome) : undefined;
}

const RULE = 'an outcome or a ruling';

/**
 * Throws unless the value is an outcome or a ruling and the duration is valid. A ruling is copied, so that it cannot
 * change later.
 */
export function requireRuling(of: string, value: unknown, duration: Millis = 0): Outcome | Ruling {
  requireNumber(`${of} duration`, duration, 0);
  return rulingOf(value) ?? invalid(of, RULE, value);
}

/** The outcome of an error in `run` and `wrap` without a classifier: the ruling it carries, otherwise a failure. */
export function outcomeOfError(error: unknown): Outcome | Ruling {
  return rulingBrought(error) ?? 'failure';
}

/**
 * The default classifier of `run` and `wrap`. It need not look for a ruling on the error: {@link classifyWith} already
 * has.
 */
export function outcomeOf(ending: Ending): Outcome {
  return 'error' in ending ? 'failure' : 'success';
}
