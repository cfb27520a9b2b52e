import type { Readings } from '../detector/detector.ts';
import type { Metrics } from '../vocabulary/state.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import type { Circuit } from './circuit.ts';
import { peek } from './dispatch.ts';
import { endLull } from './fast-path.ts';

/** The counters of a breaker, as plain numbers. */
export function metricsOf(circuit: Circuit): Metrics {
  const at = circuit.now();
  const { mode, rare } = circuit;
  const { late, lost, errors, tripped } = rare;
  const { state, moves } = peek(circuit, 'look', at);
  // If time alone has moved the circuit since the last call, nothing has been counted in the new state yet.
  const hasMoved = mode === 'active' && moves.length > 0;
  const { ignored, rejected } = hasMoved ? { ignored: 0, rejected: 0 } : rare;
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

/** What recovery or the detector shows; nothing if it throws, because reading metrics must neither fail nor report. */
function readingsOf({ blueprint, detector }: Circuit, memory: unknown, at: Instant): Shown | undefined {
  try {
    return memory === undefined ? detector?.readings(at) : blueprint.recovery.tally(memory);
  } catch {
    return undefined;
  }
}

type Shown = Partial<Readings & { readonly share: number }>;

/** Whole milliseconds until a permit may be free; 0 if one is. */
export function retryAfterOf(circuit: Circuit): Millis {
  const { mode } = circuit;
  if (mode !== 'active') return mode === 'isolated' ? Infinity : 0;
  const at = circuit.now();
  const { admitted, state } = peek(circuit, 'acquire', at);
  return admitted === undefined ? timeUntilPermit({ mode, current: state }, at) : 0;
}

/** Whole milliseconds until a circuit that refuses may have a permit; `Infinity` while an operator isolates it. */
export function timeUntilPermit({ mode, current }: Pick<Circuit, 'mode' | 'current'>, at: Instant): Millis {
  if (mode === 'isolated') return Infinity;
  return current.phase === 'closed' ? 0 : Math.max(1, Math.ceil(current.until - at));
}
