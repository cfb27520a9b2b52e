import type { Plan } from '../machine/transition.ts';
import type { OpenFor, Opening } from '../open-for/open-for.ts';
import type { Millis } from '../vocabulary/time.ts';
import type { Reporter } from './judge.ts';
import type { ResolvedOptions } from './options.ts';

/** What the machine is told of a breaker's options. */
export function planOf({ openWhen, openFor, recover, permitTimeout }: ResolvedOptions, reporter: Reporter): Plan {
  const rule = 'judge' in openWhen ? openWhen : undefined;
  return { openFor: guarded(openFor, reporter), recover: recover.build({ permitTimeout, rule }) };
}

/** The user's function, kept from wedging the circuit: a wait that is no number would never be over. */
function guarded(openFor: OpenFor, reporter: Reporter): OpenFor {
  const { forgetAfter = 0 } = openFor;
  const wait = (opening: Opening): Millis => {
    try {
      const ms = openFor(opening);
      if (ms >= 0) return ms;
      const rule = `openFor must return a number of milliseconds of at least 0, got ${ms}`;
      reporter.report(new RangeError(rule), 'openFor');
    } catch (error) {
      reporter.report(error, 'openFor');
    }
    return 0;
  };
  return Object.assign(wait, { forgetAfter });
}
