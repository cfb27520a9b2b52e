import { detectorOf } from '../detector/build.ts';
import { refuse, requireOptions } from '../vocabulary/requirement.ts';
import type { Circuit } from './circuit.ts';
import { type BreakerOptions, given, NAMES, resolveOptions } from './options.ts';
import { planOf } from './plan.ts';

/** What belongs to a breaker for life. */
const FIXED: readonly (keyof BreakerOptions)[] = ['name', 'clock'];

/** Lays options over those the circuit was made with. What it has seen stays where the new window remembers alike. */
export function reconfigure(circuit: Circuit, changes: Partial<BreakerOptions>): void {
  requireOptions('reconfigure', changes, NAMES);
  for (const option of FIXED) {
    const change = changes[option];
    if (change !== undefined && change !== circuit.options[option]) {
      refuse(`reconfigure ${option}`, 'what it was at creation', change);
    }
  }
  const before = circuit.options;
  const options = resolveOptions({ ...before, ...given(changes) });
  const at = circuit.clock.now();
  // Where time has moved the circuit under the old options, it has moved.
  circuit.dispatch({ type: 'look', at });
  circuit.options = options;
  circuit.errors.onError = options.onError;
  circuit.plan = planOf(options, circuit.errors);
  circuit.evidence.continueAs(detectorOf(options.openWhen, options), at);
  const { state } = circuit;
  if (state.phase === 'half-open' && (options.recover !== before.recover || options.openWhen !== before.openWhen)) {
    // Another recovery cannot read this one's memory: the stay begins anew, and probes under way no longer speak.
    circuit.state = { ...state, memory: circuit.plan.recover.start({ at, wait: state.wait }) };
  }
  circuit.attend();
}
