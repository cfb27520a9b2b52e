import type { Outcome, Ruling } from '../vocabulary/outcome.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import { announce } from './announce.ts';
import { handOver } from './attend.ts';
import type { CallUnderWay } from './call.ts';
import type { Circuit } from './circuit.ts';
import { dispatch, judged } from './dispatch.ts';

/** Brings a call's outcome to those whom it concerns. */
export function settle(circuit: Circuit, call: CallUnderWay, verdict: Outcome | Ruling, measured?: Millis): void {
  const { mode } = circuit;
  const { generation, started } = call;
  const ours = generation === circuit.current.generation;
  const at = circuit.clockReads > 0 ? circuit.now() : 0;
  const duration = measured ?? at - started;
  // The lull: the common call ends here, whatever kind of detector listens.
  if (verdict === 'success' && ours && circuit.left > 0 && at < circuit.until && !(duration >= circuit.under)) {
    circuit.left--;
    return;
  }
  if (mode === 'disabled') return;
  const { outcome, kind, retryAfter = 0 }: Ruling = typeof verdict === 'string' ? { outcome: verdict } : verdict;
  if (retryAfter > 0) circuit.awayUntil = Math.max(circuit.awayUntil, circuit.now() + retryAfter);
  const known = duration >= 0 ? duration : undefined;
  if (circuit.outcomesWanted) announce(circuit, { type: 'outcome', at, outcome, kind, duration: known });
  if (!ours && mode !== 'shadow') {
    circuit.late++;
    return;
  }
  if (outcome === 'ignored') circuit.ignored++;
  if (circuit.judges) tell(circuit, outcome, at, started, duration, kind);
  else {
    const slow = duration >= circuit.detection.slowerThan;
    dispatch(circuit, { type: 'settle', at, generation, id: call.id, outcome, slow, duration, kind });
  }
}

/** Tells the detector of one outcome. A rule that throws is reported; it must not stand between a caller and the answer. */
function tell(
  circuit: Circuit,
  outcome: Outcome,
  at: Instant,
  started: Instant,
  duration: Millis,
  kind: string | undefined,
): void {
  handOver(circuit);
  try {
    circuit.detector ??= circuit.detection.start(at);
    const { detector } = circuit;
    detector.released?.(started);
    if (outcome === 'ignored') return;
    const verdict = detector.tell(outcome === 'failure', at, duration, kind);
    if (!circuit.outcomesWanted) {
      circuit.left = detector.lull;
      circuit.granted = detector.lull;
      circuit.until = detector.until;
      circuit.under = detector.under;
    }
    if (verdict) judged(circuit, verdict);
  } catch (error) {
    circuit.report(error, 'openWhen');
  }
}
