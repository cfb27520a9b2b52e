import type { Verdict } from '../vocabulary/because.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import type { Circuit } from './circuit.ts';

/** Does no more for a call than state, mode, detector and listeners need. Said again whenever one of them changes. */
export function attend(circuit: Circuit): void {
  const { detection, mode, outcomesWanted, current } = circuit;
  circuit.plain = current.phase === 'closed' && mode === 'active' && !detection.watches;
  // Somebody who hears of outcomes wants each of them, and how long it took.
  circuit.clockReads = circuit.plain && !outcomesWanted ? detection.clockReads : 2;
  handOver(circuit);
}

/** Tells the detector of one outcome. A rule that throws is reported; it must not stand between a caller and the answer. */
export function tell(
  circuit: Circuit,
  failed: boolean,
  at: Instant,
  duration: Millis,
  kind?: string,
): Verdict | undefined {
  handOver(circuit);
  try {
    circuit.detector ??= circuit.detection.start(at);
    const { detector } = circuit;
    const verdict = detector.tell(failed, at, duration, kind);
    if (circuit.outcomesWanted) return verdict;
    circuit.left = detector.lull;
    circuit.granted = detector.lull;
    circuit.until = detector.until;
    circuit.under = detector.under;
    return verdict;
  } catch (error) {
    circuit.report(error, 'openWhen');
    return undefined;
  }
}

/** Ends the lull: the detector learns of the successes it need not have been told. */
export function handOver(circuit: Circuit): void {
  if (circuit.granted > 0) circuit.detector?.skip(circuit.granted - circuit.left);
  circuit.left = 0;
  circuit.granted = 0;
}

/** Forgets the evidence: the circuit has moved, or the mode changed. */
export function forget(circuit: Circuit, at: Instant): void {
  handOver(circuit);
  circuit.detector?.clear(at);
}
