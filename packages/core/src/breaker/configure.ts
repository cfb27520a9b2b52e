import { detectorOf } from '../detector/build.ts';
import type { OpenFor, Opening } from '../open-for/open-for.ts';
import { refuse } from '../vocabulary/requirement.ts';
import type { Millis } from '../vocabulary/time.ts';
import { attend, handOver } from './attend.ts';
import type { Circuit } from './circuit.ts';
import { dispatch } from './dispatch.ts';
import type { Reporter } from './judge.ts';
import { type BreakerOptions, type ResolvedOptions, resolveOptions } from './options.ts';

/** Gives a circuit its plugs. A detector takes over what the one before it has seen, if it can. */
export function configure(circuit: Circuit, options: ResolvedOptions): void {
  const { openWhen, permitTimeout } = options;
  const rule = 'judge' in openWhen ? openWhen : undefined;
  circuit.options = options;
  circuit.plan = {
    openFor: guarded(options.openFor, circuit),
    recover: options.recover.build({ permitTimeout, rule }),
  };
  circuit.detection = detectorOf(openWhen, options);
  if (circuit.detector || circuit.detection.anchored)
    circuit.detector = circuit.detection.start(circuit.now(), circuit.detector);
  attend(circuit);
}

/** Lays options over those the circuit was made with. */
export function reconfigure(circuit: Circuit, changes: Partial<BreakerOptions>): void {
  const before = circuit.options;
  const options = resolveOptions(changes, before);
  for (const option of ['name', 'clock'] as const) {
    if (options[option] !== before[option]) refuse(`reconfigure ${option}`, 'what it was at creation', options[option]);
  }
  // Where time has moved the circuit under the old options, it has moved.
  const at = circuit.now();
  dispatch(circuit, { type: 'look', at });
  handOver(circuit);
  configure(circuit, options);
  const { current } = circuit;
  // Another recovery cannot read this one's memory: the stay begins anew, and probes under way no longer speak.
  if (current.phase === 'half-open')
    circuit.current = { ...current, memory: circuit.plan.recover.start({ at, wait: current.wait }) };
}

/** The user's function, kept from wedging the circuit: a wait that is no number would never be over. */
function guarded(openFor: OpenFor, reporter: Reporter): OpenFor {
  const wait = (opening: Opening): Millis => {
    try {
      const ms = openFor(opening);
      if (ms >= 0) return ms;
      throw new RangeError(`openFor must return a number of at least 0, got ${ms}`);
    } catch (error) {
      reporter.report(error, 'openFor');
      return 0;
    }
  };
  return Object.assign(wait, { forgetAfter: openFor.forgetAfter ?? 0 });
}
