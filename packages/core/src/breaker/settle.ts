import type { Outcome, Ruling } from '../vocabulary/outcome.ts';
import type { Millis } from '../vocabulary/time.ts';
import { announce } from './announce.ts';
import { tell } from './attend.ts';
import type { Circuit } from './circuit.ts';
import { dispatch, judged } from './dispatch.ts';
import type { CallUnderWay } from './pass.ts';

/** Brings a call's outcome to those whom it concerns. */
export function settle(circuit: Circuit, call: CallUnderWay, verdict: Outcome | Ruling, measured?: Millis): void {
  const { current, mode } = circuit;
  const { generation, id, started } = call;
  const ours = generation === current.generation;
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
  if (circuit.outcomesWanted) {
    const known = { ...(kind !== undefined && { kind }), ...(duration >= 0 && { duration }) };
    announce(circuit, { type: 'outcome', at, outcome, ...known });
  }
  const evidence = mode === 'shadow' || current.phase === 'closed';
  if (!ours && mode !== 'shadow') {
    circuit.late++;
    return;
  }
  if (outcome === 'ignored') circuit.ignored++;
  if (!evidence) {
    const slow = duration >= circuit.detection.slowerThan;
    dispatch(circuit, { type: 'settle', at, generation, id, outcome, slow, duration, kind });
    return;
  }
  circuit.detector?.released?.(started);
  if (outcome === 'ignored') return;
  const seen = tell(circuit, outcome === 'failure', at, duration, kind);
  if (seen) judged(circuit, seen);
}
