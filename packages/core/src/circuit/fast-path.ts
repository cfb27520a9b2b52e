import { inNewEra } from '../machine/state.ts';
import type { Instant } from '../vocabulary/time.ts';
import type { Circuit } from './circuit.ts';

/** Whether outcomes are evidence for the detector. */
export function outcomesCount({ current, mode }: Circuit): boolean {
  return current.phase === 'closed' || mode === 'shadow';
}

/**
 * Determines the least that a call needs, given state, mode, detector and listeners. Called whenever one of them
 * changes.
 */
export function refreshFastPath(circuit: Circuit): void {
  const { watches, clockReads } = circuit.blueprint.detection;
  const isObserved = watches || circuit.observer;
  circuit.isFastPath = circuit.current.phase === 'closed' && circuit.mode === 'active' && !isObserved;
  // A listener for outcomes needs the duration of each call.
  circuit.clockReads = circuit.isFastPath && !circuit.wantsOutcomes ? clockReads : 2;
  endLull(circuit);
}

/** Hands the successes counted during the lull to the detector. */
export function endLull(circuit: Circuit): void {
  const successes = circuit.lullGranted - circuit.lullLeft;
  circuit.lullLeft = 0;
  circuit.lullGranted = 0;
  if (successes > 0) {
    circuit.detector?.skip(successes);
    circuit.meet('skip', successes);
  }
}

/** Forgets the evidence, because the circuit has moved or the mode has changed. */
export function forgetEvidence(circuit: Circuit, at: Instant): void {
  refreshFastPath(circuit);
  circuit.observer?.forget();
  circuit.detector?.clear(at);
}

/** Forgets the evidence. If the circuit is closed it also begins a new era, so that calls under way no longer count. */
export function beginEra(circuit: Circuit, at: Instant): void {
  const { current } = circuit;
  if (current.phase === 'closed') circuit.current = inNewEra(current);
  forgetEvidence(circuit, at);
}
