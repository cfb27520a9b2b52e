import type { Readings } from '../detector/detector.ts';
import type { Metrics } from '../vocabulary/state.ts';
import type { Instant } from '../vocabulary/time.ts';
import type { Circuit } from './circuit.ts';
import { peek } from './dispatch.ts';
import { endLull } from './fast-path.ts';

/** The counters of a breaker at this moment, as plain numbers. */
export function metricsOf(circuit: Circuit): Metrics {
  const at = circuit.now();
  const { mode, late, lost, errors, tripped } = circuit;
  const { state, moves } = peek(circuit, 'look', at);
  // Time may have moved the circuit since the last call: then nothing has been counted in the new state.
  const hasMoved = mode === 'active' && moves.length > 0;
  const { ignored, rejected } = hasMoved ? { ignored: 0, rejected: 0 } : circuit;
  endLull(circuit);
  const probing = mode === 'active' && state.phase === 'half-open';
  const readings = readingsOf(circuit, probing ? state.memory : undefined, at);
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

/** What recovery or the detector shows. A plug that throws shows nothing: reading must not fail, and reports nothing. */
function readingsOf({ blueprint, detector }: Circuit, memory: unknown, at: Instant): Shown | undefined {
  try {
    return memory === undefined ? detector?.readings(at) : blueprint.recovery.tally(memory);
  } catch {
    return undefined;
  }
}

type Shown = Partial<Readings & { readonly share: number }>;
