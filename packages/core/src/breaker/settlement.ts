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

/** Settles a call that came back with a value. */
export function succeed(circuit: Circuit, pass: Pass, value: unknown): void {
  const { classify } = circuit.options;
  const verdict = classify ? judge({ value }, classify, outcomeOf, circuit.errors) : 'success';
  const at = circuit.clock.atEnd();
  const absorbed =
    verdict === 'success' &&
    circuit.plain &&
    pass.generation === circuit.state.generation &&
    circuit.evidence.absorbs(at, at - pass.started);
  if (!absorbed) settle(circuit, pass, verdict, at, at - pass.started);
}

/** Settles a call that came back with an error. */
export function fail(circuit: Circuit, pass: Pass, error: unknown, signal: AbortState | undefined): void {
  const verdict = outcomeOfAbort(signal) ?? judge({ error }, circuit.options.classify, outcomeOf, circuit.errors);
  const at = circuit.clock.atEnd();
  settle(circuit, pass, verdict, at, at - pass.started);
}

/** Brings a call's outcome to those whom it concerns. */
export function settle(circuit: Circuit, pass: Pass, verdict: Outcome | Ruling, at: Instant, duration: Millis): void {
  if (circuit.mode === 'disabled') return;
  const { outcome, kind, retryAfter = 0 } = typeof verdict === 'string' ? { outcome: verdict } : (verdict as Ruling);
  if (retryAfter > 0) circuit.stayAway(circuit.clock.now(), retryAfter);
  announceOutcome(circuit, outcome, kind, at, duration);
  const { state } = circuit;
  if (pass.generation !== state.generation && circuit.mode !== 'shadow') circuit.late++;
  else if (circuit.counts) count(circuit, pass, outcome, kind, at, duration);
  else if (state.phase === 'half-open') {
    if (outcome === 'ignored') circuit.ignored++;
    const slow = duration >= circuit.evidence.plan.slowerThan;
    const { generation, id } = pass;
    circuit.dispatch({ type: 'settle', at, generation, id, outcome, slow, duration, kind });
  }
}

/** Evidence for the detector, with a permit or without. */
function count(
  circuit: Circuit,
  pass: Pass,
  outcome: Outcome,
  kind: string | undefined,
  at: Instant,
  duration: Millis,
): void {
  if (circuit.evidence.plan.watches) circuit.evidence.released(pass.started);
  if (outcome === 'ignored') {
    circuit.ignored++;
    return;
  }
  const verdict = tell(circuit, outcome === 'failure', at, duration, kind);
  if (circuit.announcer.outcomes) circuit.evidence.endLull();
  if (verdict) circuit.judged(verdict);
}

/** A rule that throws is reported; it must not stand between a caller and the answer. */
function tell(circuit: Circuit, failed: boolean, at: Instant, duration: Millis, kind?: string): Verdict | undefined {
  try {
    return circuit.evidence.tell(failed, at, duration, kind);
  } catch (error) {
    circuit.errors.report(error, 'openWhen');
    return undefined;
  }
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
