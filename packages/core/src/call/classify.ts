import { isObject } from '../foreign/branches.ts';
import { ask, type Reporter } from '../foreign/hook.ts';
import { rulingBrought, wholeRuling } from '../foreign/ruling.ts';
import { type Ending, OUTCOMES, type Outcome, type Ruling } from '../vocabulary/outcome.ts';
import { invalidError, refuse, requireNumber } from '../vocabulary/requirement.ts';
import type { Millis } from '../vocabulary/time.ts';

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
