import type { Because } from '../vocabulary/because.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import { announce } from './announce.ts';
import type { Circuit } from './circuit.ts';
import { CircuitOpenError, withoutStack } from './circuit-open-error.ts';
import { dispatch, foresee, judged } from './dispatch.ts';

/** The answer to a caller who may not go ahead. Other answers are a probe's number, or 0 for a call that is none. */
export const REFUSED = -1;

/** Asks the circuit for leave to make a call. */
export function admit(circuit: Circuit, at: Instant): number {
  if (circuit.plain) return 0;
  if (circuit.mode === 'isolated') return REFUSED;
  if (circuit.judges && circuit.detection.watches) watch(circuit, at);
  if (circuit.mode !== 'active') return 0;
  const { current } = circuit;
  // The machine's own answer to an open circuit that is not due, repeated here because an outage asks for it most.
  if (current.phase === 'open' && at < current.until) return REFUSED;
  return dispatch(circuit, { type: 'acquire', at }) ?? REFUSED;
}

/** A detector that watches may have seen enough in that a call is made at all. One that throws does not stop the call. */
function watch(circuit: Circuit, at: Instant): void {
  try {
    circuit.detector ??= circuit.detection.start(at);
    const verdict = circuit.detector.admitting?.(at);
    if (verdict) judged(circuit, verdict);
  } catch (error) {
    circuit.report(error, 'openWhen');
  }
}

/** Milliseconds until a permit may be free; 0 when one is. */
export function retryAfterOf(circuit: Circuit, at: Instant): Millis {
  if (circuit.mode === 'isolated') return Infinity;
  const { state, admitted } = foresee(circuit, at);
  if (circuit.mode !== 'active' || state.phase === 'closed' || admitted !== undefined) return 0;
  // A probe may come back any moment. Until one is given up for lost, the last wait is as good a guess as any.
  const free =
    state.phase === 'open' ? state.until : Math.min(circuit.plan.recover.freeAt?.(state.memory) ?? at, at + state.wait);
  return Math.max(1, free - at);
}

/** The error for a caller who was refused, counted and announced. */
export function refusal(circuit: Circuit, at: Instant): CircuitOpenError {
  const { mode, current } = circuit;
  const retryAfter = Math.max(1, retryAfterOf(circuit, at));
  let because: Because = { rule: 'half-open', at: current.since, nextAttemptAt: at + retryAfter };
  if (mode === 'isolated') because = { rule: mode, at: circuit.modeSince };
  else if (current.phase === 'open') because = current.because;
  circuit.rejected++;
  announce(circuit, { type: 'reject', at, because });
  return withoutStack(() => new CircuitOpenError(circuit.options.name, retryAfter, because));
}
