import { refuse } from '../vocabulary/requirement.ts';
import { attend, handOver } from './attend.ts';
import { blueprintOf } from './blueprint.ts';
import type { Circuit } from './circuit.ts';
import { dispatch } from './dispatch.ts';
import type { BreakerOptions } from './options.ts';
import { resolveOptions } from './resolve-options.ts';

/** From now on the circuit goes by its blueprint. A detector takes over what the one before it has seen, if it can. */
export function follow(circuit: Circuit): void {
  const { detection, vitals } = circuit.blueprint;
  circuit.vitals = vitals && (circuit.vitals ?? vitals.start(circuit.now()));
  if (circuit.detector || detection.anchored) {
    circuit.detector = detection.start(circuit.now(), circuit.detector, circuit.vitals);
  }
  // Calls shared it that other vitals have counted.
  circuit.shared = undefined;
  attend(circuit);
}

/** Lays options over those the circuit was made with. */
export function reconfigure(circuit: Circuit, changes: Partial<BreakerOptions>): void {
  const before = { ...circuit.blueprint.options, name: circuit.name };
  const options = resolveOptions(changes, before);
  for (const option of ['name', 'clock'] as const) {
    if (options[option] !== before[option]) refuse(`reconfigure ${option}`, 'what it was at creation', options[option]);
  }
  const blueprint = blueprintOf(options);
  // Where time has moved the circuit under the old options, it has moved.
  const at = circuit.now();
  dispatch(circuit, { type: 'look', at });
  handOver(circuit);
  // What was learnt of the dependency stays true whatever the other plugs are.
  if (blueprint.vitals !== circuit.blueprint.vitals) circuit.vitals = undefined;
  circuit.blueprint = blueprint;
  follow(circuit);
  const { current } = circuit;
  // Another recovery cannot read this one's memory: the stay begins anew, and probes under way no longer speak.
  if (current.phase === 'half-open') {
    const memory = blueprint.recovery.start({ at, wait: current.wait, early: false }, circuit.vitals);
    circuit.current = { ...current, memory, generation: current.generation + 1 };
  }
}
