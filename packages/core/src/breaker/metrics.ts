import type { Readings } from '../detector/detector.ts';
import type { CircuitState } from '../machine/state.ts';
import type { Instant } from '../vocabulary/time.ts';
import type { Metrics } from './breaker.ts';
import type { Circuit } from './circuit.ts';

/** The counters of a breaker at this moment, as plain numbers. */
export function metricsOf(circuit: Circuit): Metrics {
  const at = circuit.clock.now();
  const state = circuit.at(at);
  // Time may have moved the circuit on without anybody having asked: then nothing has been counted in the new state.
  const { ignored, rejected } = state.generation === circuit.state.generation ? circuit : { ignored: 0, rejected: 0 };
  return {
    state: state.phase,
    mode: circuit.mode,
    ...readings(circuit, state, at),
    ignored,
    rejected,
    late: circuit.late,
    lost: circuit.lost,
    errors: circuit.errors.count,
    ...(circuit.tripped && { evidence: circuit.tripped }),
  };
}

function readings(circuit: Circuit, state: CircuitState, at: Instant): Readings {
  if (state.phase === 'half-open' && circuit.mode === 'active') {
    return { ...circuit.plan.recover.tally(state.memory), failureRate: null, slowCallRate: null };
  }
  return circuit.evidence.readings(at);
}
