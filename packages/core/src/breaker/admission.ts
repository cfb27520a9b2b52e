import type { Because } from '../vocabulary/because.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import type { Circuit } from './circuit.ts';
import { CircuitOpenError, withoutStack } from './circuit-open-error.ts';

/** The answer to a caller who may not go ahead. Other answers are a probe's number, or 0 for a call that is none. */
export const REFUSED = -1;

/** Asks the circuit for leave to make a call. */
export function admit(circuit: Circuit, at: Instant): number {
  if (circuit.mode === 'isolated') return REFUSED;
  watch(circuit, at);
  if (circuit.mode !== 'active') return 0;
  const { state } = circuit;
  // The machine's own answer to an open circuit that is not due, repeated here because an outage asks for it most.
  if (state.phase === 'open' && at < state.until) return REFUSED;
  return circuit.dispatch({ type: 'acquire', at }).admitted ?? REFUSED;
}

/** A detector that watches may have seen enough in that a call is made at all. */
function watch(circuit: Circuit, at: Instant): void {
  if (!circuit.evidence.plan.watches || !circuit.counts) return;
  const verdict = circuit.errors.attempt('openWhen', () => circuit.evidence.admitting(at));
  if (verdict) circuit.judged(verdict);
}

/** The error for a caller who was refused, counted and announced. */
export function refusal(circuit: Circuit, at: Instant): CircuitOpenError {
  const retryAfter = Math.max(1, retryAfterOf(circuit, at));
  const because = whyRefused(circuit, at, retryAfter);
  circuit.rejected++;
  circuit.announce({ type: 'reject', at, because });
  return withoutStack(() => new CircuitOpenError(circuit.options.name, retryAfter, because));
}

/** A promise to wait on for one microtask. Never handed out and never rejected, so calls may share it. */
const NEXT_MICROTASK: Promise<void> = Promise.resolve();

/** By a microtask later the caller's own handler is attached, and the engine need not note an unhandled rejection. */
export function rejectLater(error: CircuitOpenError): Promise<never> {
  return NEXT_MICROTASK.then(() => {
    throw error;
  });
}

/** For a caller who asked for no error: the why is put together only if somebody listens. */
export function countRefusal(circuit: Circuit, at: Instant): void {
  if (circuit.announcer.heard) refusal(circuit, at);
  else circuit.rejected++;
}

function whyRefused(circuit: Circuit, at: Instant, retryAfter: Millis): Because {
  const { state } = circuit;
  if (circuit.mode === 'isolated') return { rule: 'isolated', at: circuit.modeSince };
  if (state.phase === 'open') return state.because;
  return { rule: 'half-open', at: state.since, nextAttemptAt: at + retryAfter };
}

/** Milliseconds until a permit may be free; 0 when one is. */
export function retryAfterOf(circuit: Circuit, at: Instant): Millis {
  if (circuit.mode === 'isolated') return Number.POSITIVE_INFINITY;
  if (circuit.mode !== 'active') return 0;
  const { recover } = circuit.plan;
  const state = circuit.at(at);
  if (state.phase === 'closed') return 0;
  if (state.phase === 'open') return Math.max(1, state.until - at);
  if (recover.admit(state.memory, { at, id: state.issued + 1 }).admitted) return 0;
  // A probe may come back any moment. Until one is given up for lost, the last wait is as good a guess as any.
  const lost = (recover.freeAt?.(state.memory) ?? at) - at;
  return Math.max(1, Math.min(lost, state.wait));
}
