import { type Blueprint, blueprintOf } from '../circuit/blueprint.ts';
import type { Circuit } from '../circuit/circuit.ts';
import { dispatch } from '../circuit/dispatch.ts';
import { endLull, refreshFastPath } from '../circuit/fast-path.ts';
import { resolveOptions } from '../circuit/resolve-options.ts';
import type { OptionChanges } from '../contract/options.ts';
import { ask } from '../foreign/hook.ts';
import { inNewEra } from '../machine/state.ts';
import { refuse } from '../vocabulary/requirement.ts';

/** Puts the circuit's blueprint into effect: what has changed since the one before begins anew, the rest goes on. */
export function adoptBlueprint(circuit: Circuit, before?: Blueprint): void {
  const { detection, vitals } = circuit.blueprint;
  // What was learnt of the dependency stays true whatever the other plugs are.
  if (vitals !== before?.vitals) circuit.observer = vitals?.start(circuit.now());
  // A detector takes over what the one before it has seen, if it can.
  if (detection !== before?.detection && (circuit.detector || detection.anchored)) {
    circuit.detector = detection.start(circuit.now(), circuit.detector, circuit.observer);
  }
  // Calls shared handlers that other vitals have counted, or whose endings another classifier was to classify.
  circuit.shared = undefined;
  refreshFastPath(circuit);
}

/** Lays options over those the circuit was made with. */
export function reconfigure(circuit: Circuit, changes: OptionChanges): void {
  const { blueprint: before } = circuit;
  const options = resolveOptions(changes, { ...before.options, name: circuit.name });
  if (options.name !== circuit.name) refuse('reconfigure name', 'what it was at creation', options.name);
  if (options.clock !== before.options.clock) refuse('reconfigure clock', 'what it was at creation', options.clock);
  const blueprint = blueprintOf(options, before);
  if (blueprint === before) return;
  // Where time has moved the circuit under the old options, it has moved.
  const at = circuit.now();
  dispatch(circuit, { type: 'look', at });
  endLull(circuit);
  circuit.blueprint = blueprint;
  adoptBlueprint(circuit, before);
  const { current } = circuit;
  if (current.phase === 'half-open' && blueprint.recovery !== before.recovery) {
    // Another recovery cannot read this one's memory: the stay begins anew, and probes under way are of another era.
    const start = () => blueprint.recovery.start({ at, wait: current.waited, fromClosed: false }, circuit.observer);
    const memory = ask('recover', circuit, start);
    circuit.current = inNewEra({ ...current, memory });
  }
}
