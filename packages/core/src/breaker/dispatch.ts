import type { CircuitEvent } from '../machine/event.ts';
import type { CircuitState } from '../machine/state.ts';
import { transition } from '../machine/transition.ts';
import type { Verdict } from '../vocabulary/because.ts';
import type { Instant } from '../vocabulary/time.ts';
import { announce } from './announce.ts';
import { attend, forget } from './attend.ts';
import type { Circuit } from './circuit.ts';

/** An event as callers know it; chance and servers' wishes are added on the way to the machine. */
type Unmarked<Event> = Event extends unknown ? Omit<Event, 'luck' | 'retryAfter'> : never;

/**
 * Lets the machine answer an event, and makes the answer true. A plug that throws is reported and lets the call through:
 * its fault must not become an outage.
 *
 * @returns for a caller who asked: 0 to go ahead, a probe's number, or nothing if refused
 */
export function dispatch(circuit: Circuit, event: Unmarked<CircuitEvent>): number | undefined {
  const { options, plan, current } = circuit;
  const retryAfter = Math.max(0, circuit.awayUntil - event.at);
  try {
    const marked = { ...event, luck: options.random(), retryAfter } as CircuitEvent;
    const { state, moves, lost, admitted } = transition(current, marked, plan);
    circuit.lost += lost;
    enter(circuit, state, moves);
    if (lost > 0) announce(circuit, ...new Array(lost).fill({ type: 'lost', at: event.at }));
    return admitted;
  } catch (error) {
    circuit.report(error, 'recover');
    return 0;
  }
}

/** Moves the circuit through these states to the last of them. */
export function enter(circuit: Circuit, state: CircuitState, moves: readonly CircuitState[]): void {
  let { phase: from } = circuit.current;
  circuit.current = state;
  if (moves.length === 0) return;
  circuit.ignored = 0;
  circuit.rejected = 0;
  const events = moves.map(({ phase: to, since: at, because }) => {
    if (to === 'open') circuit.tripped = because.evidence;
    const event = { type: 'move', at, from, to, ...(because && { because }) } as const;
    from = to;
    return event;
  });
  forget(circuit, state.since);
  attend(circuit);
  circuit.whenMoved?.();
  // Told only now, when all is in place: a listener may use this very breaker.
  announce(circuit, ...events);
}

/** Where the circuit stands at this instant, without moving it there. */
export function look({ current, plan }: Circuit, at: Instant): CircuitState {
  try {
    return transition(current, { type: 'look', at, luck: 0 }, plan).state;
  } catch {
    return current; // A plug that throws is reported when it is asked in earnest; reading has no effects.
  }
}

/** The detector has seen enough: the circuit moves, or would if it were not in shadow mode. */
export function judged(circuit: Circuit, { rule, evidence, to = 'open' }: Verdict): void {
  const at = circuit.now();
  const seen = { rule, at, evidence: { ...readingsOf(circuit, at), ...evidence } };
  if (circuit.mode !== 'shadow') dispatch(circuit, { type: 'judged', at, verdict: { ...seen, to } });
  else if (at >= circuit.shadowUntil) {
    // Within an opening that never was there are no outcomes that could have opened anything.
    const opening = { at, attempt: 0, luck: circuit.options.random(), because: seen };
    circuit.shadowUntil = at + circuit.plan.openFor(opening);
    announce(circuit, { type: 'wouldOpen', at, because: { ...seen, nextAttemptAt: circuit.shadowUntil } });
  }
}

/** The plain counters beside the rule's own numbers: whoever reads why will ask for them next. */
function readingsOf({ detector }: Circuit, at: Instant) {
  const { slow = 0, slowCallRate = null, ...counters } = { ...detector?.readings(at) };
  return { ...(counters as Record<string, number>), ...(slowCallRate !== null && { slow, slowCallRate }) };
}
