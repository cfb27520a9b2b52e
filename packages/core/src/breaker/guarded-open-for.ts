import type { OpenFor, Opening } from '../open-for/open-for.ts';
import type { Millis } from '../vocabulary/time.ts';
import type { Reporter } from './judge.ts';

/** The user's function, kept from wedging the circuit: a wait that is no number would never be over. */
export function guardedOpenFor(openFor: OpenFor, reporter: Reporter): OpenFor {
  const { forgetAfter = 0 } = openFor;
  const guarded = (opening: Opening): Millis => {
    try {
      const wait = openFor(opening);
      if (wait >= 0) return wait;
      const rule = `openFor must return a number of milliseconds of at least 0, got ${wait}`;
      reporter.report(new RangeError(rule), 'openFor');
    } catch (error) {
      reporter.report(error, 'openFor');
    }
    return 0;
  };
  return Object.assign(guarded, { forgetAfter });
}
