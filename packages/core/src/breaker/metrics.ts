import type { Readings } from '../detector/detector.ts';
import type { Metrics } from '../vocabulary/metrics.ts';
import { attend } from './attend.ts';
import type { Circuit } from './circuit.ts';
import { foresee } from './dispatch.ts';

/** The counters of a breaker at this moment, as plain numbers. */
export function metricsOf(circuit: Circuit): Metrics {
  const at = circuit.now();
  const { mode, late, lost, errors, tripped } = circuit;
  const { state, moves } = foresee(circuit, at);
  // Time may have moved the circuit on without anybody having asked: then nothing has been counted in the new state.
  const hasMoved = mode === 'active' && moves.length > 0;
  const { ignored, rejected } = hasMoved ? { ignored: 0, rejected: 0 } : circuit;
  attend(circuit);
  const probing = mode === 'active' && state.phase === 'half-open';
  const readings: Partial<Readings & { readonly share: number }> | undefined = probing
    ? circuit.blueprint.recovery.tally(state.memory)
    : circuit.detector?.readings(at);
  const { calls = 0, failures = 0, slow = 0, failureRate = null, slowCallRate = null, share } = readings ?? {};
  return {
    state: state.phase,
    mode,
    calls,
    failures,
    slow,
    ignored,
    rejected,
    failureRate,
    slowCallRate,
    late,
    lost,
    errors,
    ...(share !== undefined && { share }),
    ...(tripped && { evidence: tripped }),
  };
}
