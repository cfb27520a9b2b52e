import { type Blueprint, blueprintOf } from '../circuit/blueprint.ts';
import type { Circuit } from '../circuit/circuit.ts';
import { attend, handOver } from '../circuit/circuit.ts';
import { dispatch } from '../circuit/dispatch.ts';
import { resolveOptions } from '../circuit/resolve-options.ts';
import type { OptionChanges } from '../contract/options.ts';
import { ask } from '../foreign/hook.ts';
import { refuse } from '../vocabulary/requirement.ts';

/** From now on the circuit goes by its blueprint: what has changed since the one before begins anew, the rest goes on. */
export function follow(circuit: Circuit, before?: Blueprint): void {
  const { detection, vitals } = circuit.blueprint;
  // What was learnt of the dependency stays true whatever the other plugs are.
  if (vitals !== before?.vitals) circuit.vitals = vitals?.start(circuit.now());
  // A detector takes over what the one before it has seen, if it can.
  if (detection !== before?.detection && (circuit.detector || detection.anchored)) {
    circuit.detector = detection.start(circuit.now(), circuit.detector, circuit.vitals);
  }
  // Calls shared it that other vitals have counted, or that another classifier was to judge.
  circuit.shared = undefined;
  attend(circuit);
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
  handOver(circuit);
  circuit.blueprint = blueprint;
  follow(circuit, before);
  const { current } = circuit;
  if (current.phase === 'half-open' && blueprint.recovery !== before.recovery) {
    // Another recovery cannot read this one's memory: the stay begins anew, and probes under way are of another era.
    const start = () => blueprint.recovery.start({ at, wait: current.wait, early: false }, circuit.vitals);
    const memory = ask('recover', circuit, start);
    circuit.current = { ...current, memory, generation: current.generation + 1 };
  }
}
