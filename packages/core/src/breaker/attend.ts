import type { Instant } from '../vocabulary/time.ts';
import type { Circuit } from './circuit.ts';

/** Whether outcomes are evidence for the detector. */
export function judges({ current, mode }: Circuit): boolean {
  return current.phase === 'closed' || mode === 'shadow';
}

/** Whether anybody wants to hear of each outcome. */
export function outcomesWanted({ listeners }: Circuit): boolean {
  return listeners.some(({ outcomes }) => outcomes);
}

/** Does no more for a call than state, mode, detector and listeners need. Said again whenever one of them changes. */
export function attend(circuit: Circuit): void {
  const { watches, clockReads } = circuit.blueprint.detection;
  const isWatched = watches || circuit.vitals;
  circuit.plain = circuit.current.phase === 'closed' && circuit.mode === 'active' && !isWatched;
  // Somebody who hears of outcomes wants each of them, and how long it took.
  circuit.clockReads = circuit.plain && !outcomesWanted(circuit) ? clockReads : 2;
  handOver(circuit);
}

/** Ends the lull: the detector learns of the successes it need not have been told. */
export function handOver(circuit: Circuit): void {
  if (circuit.granted > 0) circuit.detector?.skip(circuit.granted - circuit.left);
  circuit.left = 0;
  circuit.granted = 0;
}

/** Forgets the evidence: the circuit has moved, or the mode changed. */
export function forget(circuit: Circuit, at: Instant): void {
  attend(circuit);
  circuit.vitals?.forget();
  circuit.detector?.clear(at);
}

/** The evidence of a closed circuit is forgotten: calls under way were part of it, and are late from now on. */
export function beginEra(circuit: Circuit, at: Instant): void {
  const { current } = circuit;
  if (current.phase === 'closed') circuit.current = { ...current, generation: current.generation + 1 };
  forget(circuit, at);
}
