import type { Because } from '../vocabulary/because.ts';
import type { Instant } from '../vocabulary/time.ts';
import { announce } from './announce.ts';
import { judges } from './attend.ts';
import type { Circuit } from './circuit.ts';
import { CircuitOpenError } from './circuit-open-error.ts';
import { dispatch, judged } from './dispatch.ts';

/** The answer to a caller who may not go ahead. Other answers are a probe's number, or 0 for a call that is none. */
export const REFUSED = -1;

/** Asks a circuit that is not plain for leave to make a call. */
export function admit(circuit: Circuit, at: Instant): number {
  circuit.vitals?.offered(at);
  const id = answer(circuit, at);
  // Asked for again: a listener may have given the breaker other plugs.
  if (id !== REFUSED) circuit.vitals?.admitted();
  else {
    circuit.rejected++;
    // Why is put together only for those who will hear it.
    if (circuit.listeners.length > 0) announce(circuit, { type: 'reject', at, because: becauseOf(circuit) });
  }
  return id;
}

function answer(circuit: Circuit, at: Instant): number {
  const { mode } = circuit;
  if (mode === 'isolated') return REFUSED;
  if (mode === 'disabled') return 0;
  if (circuit.blueprint.detection.watches && judges(circuit)) watch(circuit, at);
  if (mode === 'shadow') return 0;
  const { phase, until } = circuit.current;
  // The machine's own answers, repeated here: to a closed circuit, and to an open one that is not due.
  if (phase === 'closed') return 0;
  if (phase === 'open' && at < until) return REFUSED;
  return dispatch(circuit, { type: 'acquire', at }) ?? REFUSED;
}

/** A detector that watches may have seen enough in that a call is made at all. One that throws does not stop the call. */
function watch(circuit: Circuit, at: Instant): void {
  try {
    circuit.detector ??= circuit.blueprint.detection.start(at, undefined, circuit.vitals);
    const verdict = circuit.detector.admitting?.(at);
    if (verdict) judged(circuit, verdict);
  } catch (error) {
    circuit.report(error, 'openWhen');
  }
}

/** Why the circuit refuses. */
function becauseOf({ mode, modeSince, current }: Circuit): Because {
  const { phase, because, since, until } = current;
  if (mode === 'isolated') return { rule: mode, at: modeSince };
  return phase === 'open' ? (because as Because) : { rule: phase, at: since, nextAttemptAt: until };
}

/** The error for a caller who was refused just now. */
export function refusal(circuit: Circuit, at: Instant): CircuitOpenError {
  const retryAfter = circuit.mode === 'isolated' ? Infinity : Math.max(1, Math.ceil(circuit.current.until - at));
  return new CircuitOpenError(circuit.name, retryAfter, becauseOf(circuit));
}
