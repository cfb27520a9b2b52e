import type { Verdict } from '../vocabulary/because.ts';
import type { Outcome, Ruling } from '../vocabulary/outcome.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import type { AbortState } from './breaker.ts';
import type { Circuit } from './circuit.ts';
import { judge, outcomeOf, outcomeOfAbort } from './judge.ts';

/** A call under way: the era it began in, its number if it is a probe, and when it began. */
export interface Pass {
  readonly generation: number;
  readonly id: number;
  readonly started: Instant;
}

/** The two ends of a call, made once for all calls of an era that need no more than that. */
export interface Handlers extends Pass {
  readonly succeeded: <T>(value: T) => T;
  readonly failed: (error: unknown) => never;
}

/** Handlers that pass a promise's ending through untouched and settle the call on the way. */
export function handlers(circuit: Circuit, pass: Pass, signal: AbortState | undefined): Handlers {
  return {
    ...pass,
    succeeded: (value) => {
      succeed(circuit, pass, value);
      return value;
    },
    // Small on purpose: engines compile a function that throws badly once it does more than that.
    failed: (error) => {
      fail(circuit, pass, error, signal);
      throw error;
    },
  };
}

function succeed(circuit: Circuit, pass: Pass, value: unknown): void {
  const { classify } = circuit.options;
  const verdict = classify ? judge({ value }, classify, outcomeOf, circuit) : 'success';
  const at = circuit.timeAtEnd();
  const absorbed =
    verdict === 'success' &&
    circuit.plain &&
    pass.generation === circuit.state.generation &&
    circuit.evidence.absorbs(at, at - pass.started);
  if (!absorbed) settle(circuit, pass, verdict, at, at - pass.started);
}

function fail(circuit: Circuit, pass: Pass, error: unknown, signal: AbortState | undefined): void {
  const verdict = outcomeOfAbort(signal) ?? judge({ error }, circuit.options.classify, outcomeOf, circuit);
  const at = circuit.timeAtEnd();
  settle(circuit, pass, verdict, at, at - pass.started);
}

/** Brings a call's outcome to those whom it concerns. */
export function settle(circuit: Circuit, pass: Pass, verdict: Outcome | Ruling, at: Instant, duration: Millis): void {
  if (circuit.mode === 'disabled') return;
  const { outcome, kind, retryAfter = 0 } = typeof verdict === 'string' ? { outcome: verdict } : (verdict as Ruling);
  if (retryAfter > 0) circuit.stayAway(circuit.now(), retryAfter);
  announceOutcome(circuit, outcome, kind, at, duration);
  const { state } = circuit;
  if (circuit.mode === 'shadow') count(circuit, outcome, kind, at, duration);
  else if (pass.generation !== state.generation) circuit.late++;
  else if (state.phase === 'half-open') {
    if (outcome === 'ignored') circuit.ignored++;
    const slow = duration >= circuit.evidence.plan.slowerThan;
    circuit.dispatch({ type: 'settle', at, generation: pass.generation, id: pass.id, outcome, slow });
  } else count(circuit, outcome, kind, at, duration);
}

/** Evidence for the detector, with a permit or without. */
export function count(
  circuit: Circuit,
  outcome: Outcome,
  kind: string | undefined,
  at: Instant,
  duration: Millis,
): void {
  if (outcome === 'ignored') {
    circuit.ignored++;
    return;
  }
  const verdict = circuit.evidence.tell(outcome === 'failure', at, duration, kind);
  if (circuit.announcer.outcomes) circuit.evidence.endLull();
  if (verdict) judged(circuit, verdict);
}

function judged(circuit: Circuit, verdict: Verdict): void {
  const at = circuit.now();
  if (circuit.mode === 'shadow') circuit.wouldOpen(at, verdict);
  else circuit.dispatch({ type: 'judged', at, verdict });
}

function announceOutcome(
  circuit: Circuit,
  outcome: Outcome,
  kind: string | undefined,
  at: Instant,
  duration: Millis,
): void {
  if (!circuit.announcer.outcomes) return;
  circuit.announce({
    type: 'outcome',
    at,
    outcome,
    ...(kind !== undefined && { kind }),
    ...(duration >= 0 && { duration }),
  });
}
