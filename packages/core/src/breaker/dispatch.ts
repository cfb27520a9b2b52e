import type { CircuitEvent } from '../machine/event.ts';
import { type Step, transition } from '../machine/transition.ts';
import type { Verdict } from '../vocabulary/because.ts';
import type { Instant } from '../vocabulary/time.ts';
import { without } from '../vocabulary/without.ts';
import { announce, type Nameless } from './announce.ts';
import { forget } from './attend.ts';
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
  const { at } = event;
  const retryAfter = Math.max(0, circuit.awayUntil - at);
  try {
    const marked = { ...event, luck: circuit.options.random(), retryAfter } as CircuitEvent;
    const step = transition(circuit.current, marked, circuit.plan);
    const { lost = 0 } = step;
    circuit.lost += lost;
    enter(circuit, step);
    announce(circuit, ...new Array<Nameless>(lost).fill({ type: 'lost', at }));
    return step.admitted;
  } catch (error) {
    circuit.report(error, 'recover');
    return 0;
  }
}

/** Moves the circuit through these states to the last of them. */
export function enter(circuit: Circuit, { state, moves }: Step): void {
  let from = circuit.current.phase;
  circuit.current = state;
  if (moves.length === 0) return;
  circuit.ignored = 0;
  circuit.rejected = 0;
  const events: Nameless[] = [];
  for (const { phase: to, since: at, because } of moves) {
    if (to === 'open') circuit.tripped = because?.evidence;
    events.push({ type: 'move', at, from, to, because });
    from = to;
  }
  forget(circuit, state.since);
  circuit.whenMoved?.();
  // Told only now, when all is in place: a listener may use this very breaker.
  announce(circuit, ...events);
}

/** What the machine would say to somebody who asked at this instant. Nobody does, so nothing moves. */
export function foresee(circuit: Circuit, at: Instant): Step {
  try {
    return transition(circuit.current, { type: 'acquire', at, luck: 0 }, circuit.plan);
  } catch {
    return { state: circuit.current, moves: [], admitted: 0 }; // A plug that throws is reported when it is asked in earnest.
  }
}

/** The detector has seen enough: the circuit moves, or would if it were not in shadow mode. */
export function judged(circuit: Circuit, { evidence, ...verdict }: Verdict): void {
  const at = circuit.now();
  // The plain counters beside the rule's own numbers: whoever reads why will ask for them next.
  const readings = without(null, circuit.detector?.readings(at) ?? {});
  const seen = { ...verdict, at, evidence: { ...readings, ...evidence } };
  if (circuit.mode !== 'shadow') dispatch(circuit, { type: 'judged', at, verdict: seen });
  else if (at >= circuit.shadowUntil) {
    // Within an opening that never was there are no outcomes that could have opened anything.
    const opening = { at, attempt: 0, luck: circuit.options.random(), because: seen };
    circuit.shadowUntil = at + circuit.plan.openFor(opening);
    announce(circuit, { type: 'wouldOpen', at, because: { ...seen, nextAttemptAt: circuit.shadowUntil } });
  }
}
