import { announce } from '../circuit/announce.ts';
import { type Blueprint, blueprintOf } from '../circuit/blueprint.ts';
import type { Circuit } from '../circuit/circuit.ts';
import { dispatch } from '../circuit/dispatch.ts';
import { beginEra, endLull, forgetEvidence, refreshFastPath } from '../circuit/fast-path.ts';
import { resolveOptions } from '../circuit/resolve-options.ts';
import type { OptionChanges } from '../contract/options.ts';
import { ask } from '../foreign/hook.ts';
import { inNewEra } from '../machine/state.ts';
import { invalid } from '../vocabulary/requirement.ts';
import type { Mode, State } from '../vocabulary/state.ts';
import type { Millis } from '../vocabulary/time.ts';

/** Puts the circuit's blueprint into effect: parts that differ from the previous one start anew, the rest goes on. */
export function adoptBlueprint(circuit: Circuit, before?: Blueprint): void {
  const { detection, vitals } = circuit.blueprint;
  // Vitals are kept when other plugs change: what was learnt about the dependency stays true.
  if (vitals !== before?.vitals) circuit.observer = vitals?.start(circuit.now());
  // A detector takes over the evidence of the previous one if it can.
  if (detection !== before?.detection && (circuit.detector || detection.anchored)) {
    circuit.detector = detection.start(circuit.now(), circuit.detector, circuit.observer);
  }
  // Shared handlers refer to the previous observer and classifier.
  circuit.shared = undefined;
  refreshFastPath(circuit);
}

/** Changes options of a circuit. */
export function reconfigure(circuit: Circuit, changes: OptionChanges): void {
  const { blueprint: before } = circuit;
  const options = resolveOptions(changes, { ...before.options, name: circuit.name });
  if (options.name !== circuit.name) invalid('reconfigure name', 'unchanged', options.name);
  if (options.clock !== before.options.clock) invalid('reconfigure clock', 'unchanged', options.clock);
  const blueprint = blueprintOf(options, before);
  if (blueprint === before) return;
  // Moves that time alone has caused so far happened under the old options.
  const at = circuit.now();
  dispatch(circuit, { type: 'look', at });
  endLull(circuit);
  circuit.blueprint = blueprint;
  adoptBlueprint(circuit, before);
  const { current } = circuit;
  if (current.phase === 'half-open' && blueprint.recovery !== before.recovery) {
    // The new recovery cannot read the old one's memory: it starts afresh, and probes under way belong to an earlier era.
    const start = () => blueprint.recovery.start({ at, wait: current.waited, fromClosed: false }, circuit.observer);
    const memory = ask('recover', circuit, start);
    circuit.current = inNewEra({ ...current, memory });
  }
}

/** Switches the mode. Entering a mode clears the evidence. */
export function switchMode(circuit: Circuit, to: Mode): void {
  const { mode: from } = circuit;
  if (to === from) return;
  const at = circuit.now();
  circuit.mode = to;
  circuit.own.modeSince = at;
  circuit.own.shadowUntil = at;
  beginEra(circuit, at);
  circuit.keeper?.circuitMoved();
  announce(circuit, { type: 'mode', at, from, to });
}

/** Moves the circuit by hand. */
export function order(circuit: Circuit, to: State, rule: string, wait?: Millis): void {
  dispatch(circuit, { type: 'move', at: circuit.now(), to, verdict: { rule }, wait, ordered: true });
  // An order may change when an open period ends without a move, and the keeper sorts by that time.
  circuit.keeper?.circuitMoved();
}

/** Forgets the evidence, including any Retry-After. */
export function forgetAll(circuit: Circuit): void {
  circuit.own.awayUntil = -Infinity;
  forgetEvidence(circuit, circuit.now());
}
