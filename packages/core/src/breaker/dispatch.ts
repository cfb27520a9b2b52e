import type { CircuitEvent } from '../machine/event.ts';
import { type CircuitState, UNTOUCHED } from '../machine/state.ts';
import { type Step, transition } from '../machine/transition.ts';
import type { Verdict } from '../vocabulary/because.ts';
import type { Instant } from '../vocabulary/time.ts';
import { announce, type Nameless } from './announce.ts';
import { forget } from './attend.ts';
import type { Circuit } from './circuit.ts';

/**
 * Lets the machine answer an event, and makes the answer true.
 *
 * @returns for a caller who asked: 0 to go ahead, a probe's number, or nothing if refused
 */
export function dispatch(circuit: Circuit, event: CircuitEvent): number | undefined {
  const step = answer(circuit, event);
  const { admitted, lost = 0 } = step;
  circuit.lost += lost;
  enter(circuit, step);
  announce(circuit, ...new Array<Nameless>(lost).fill({ type: 'lost', at: event.at }));
  return admitted;
}

/**
 * What the machine says to an event. A plug that throws is reported and lets the call through: its fault must not become
 * an outage.
 */
function answer(circuit: Circuit, event: CircuitEvent, from: CircuitState = circuit.current, isReading = false): Step {
  const { blueprint, awayUntil, vitals } = circuit;
  try {
    const luck = isReading ? 0 : blueprint.options.random();
    const chance = { luck, retryAfter: Math.max(0, awayUntil - event.at), vitals };
    return transition(from, event, chance, blueprint);
  } catch (error) {
    // Reading is free of effects: the fault is reported when somebody asks in earnest.
    if (!isReading) circuit.report(error, 'plug');
    return { state: from, moves: [], admitted: 0 };
  }
}

/** What the machine would say to somebody who asked at this instant. Nobody does, so nothing moves. */
export function foresee(circuit: Circuit, at: Instant): Step {
  return answer(circuit, { type: 'acquire', at }, circuit.current, true);
}

/** Moves the circuit through these states to the last of them. */
export function enter(circuit: Circuit, { state, moves, acceptLatency }: Step): void {
  let from = circuit.current.phase;
  circuit.vitals?.wentOn(circuit.current, state, moves, acceptLatency);
  circuit.current = state;
  if (moves.length === 0) return;
  circuit.ignored = 0;
  circuit.rejected = 0;
  const events = moves.map(({ phase: to, since: at, because }): Nameless => {
    if (to === 'open') circuit.tripped = because?.evidence;
    const event = { type: 'move', at, from, to, because } as const;
    from = to;
    return event;
  });
  forget(circuit, state.since);
  circuit.whenMoved?.(circuit);
  // Told only now, when all is in place: a listener may use this very breaker.
  announce(circuit, ...events);
}

/** The detector has seen enough: the circuit moves, or would if it were not in shadow mode. */
export function judged(circuit: Circuit, { to = 'open', rule, evidence }: Verdict): void {
  const at = circuit.now();
  // The plain counters beside the rule's own numbers: whoever reads why will ask for them next.
  const verdict = { rule, evidence: { ...circuit.detector?.readings(at), ...evidence } };
  const move = { type: 'move', at, verdict } as const;
  if (circuit.mode !== 'shadow') dispatch(circuit, { ...move, to });
  else if (at >= circuit.shadowUntil) {
    // Within an opening that never was there are no outcomes that could have opened anything. Nor is there a load that
    // could be limited: whoever would have limited it would have opened.
    const { until, because } = answer(circuit, { ...move, to: 'open' }, UNTOUCHED).state;
    circuit.shadowUntil = until;
    announce(circuit, { type: 'wouldOpen', at, because });
  }
}
