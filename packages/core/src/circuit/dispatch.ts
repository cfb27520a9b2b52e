import { ask } from '../foreign/hook.ts';
import type { CircuitEvent, Step } from '../machine/event.ts';
import { type CircuitState, UNTOUCHED } from '../machine/state.ts';
import { transition } from '../machine/transition.ts';
import { invalid } from '../vocabulary/requirement.ts';
import type { Because, Verdict } from '../vocabulary/state.ts';
import type { Instant } from '../vocabulary/time.ts';
import { announce, type Nameless } from './announce.ts';
import type { CallUnderWay, Circuit } from './circuit.ts';
import { forget } from './circuit.ts';

/**
 * Lets the machine answer an event, and makes the answer true.
 *
 * @returns for a caller who asked: 0 to go ahead, a probe's number, or nothing if refused
 */
export function dispatch(circuit: Circuit, event: CircuitEvent): number | undefined {
  const step = answer(circuit, event);
  const { admitted, lost = 0, faults = [] } = step;
  for (const fault of faults) circuit.report(fault, 'plug');
  circuit.lost += lost;
  enter(circuit, step);
  announce(circuit, ...new Array<Nameless>(lost).fill({ type: 'lost', at: event.at }));
  return admitted;
}

/** What the machine says to an event. Reading is free of effects: no chance is drawn, and faults of plugs are left alone. */
function answer(circuit: Circuit, event: CircuitEvent, from: CircuitState = circuit.current, isReading = false): Step {
  const { blueprint, awayUntil, vitals } = circuit;
  const luck = isReading ? 0 : luckOf(circuit);
  return transition(from, event, { luck, retryAfter: Math.max(0, awayUntil - event.at), vitals }, blueprint);
}

/** The middle, for a `random` that gives none: waits are then neither none nor the longest. */
const NO_LUCK = 0.5;

/** A number drawn for an event, from 0 up to but not including 1, whatever the user's source of chance gives. */
export function luckOf(circuit: Circuit): number {
  const luck = ask('random', circuit, circuit.blueprint.options.random);
  if (typeof luck === 'number' && luck >= 0 && luck < 1) return luck;
  if (luck !== undefined)
    circuit.report(invalid('the answer of random', 'from 0 up to but not including 1', luck), 'random');
  return NO_LUCK;
}

/**
 * Gives a probe's place back in a mode that does not judge it. Whatever the mode, a place must not stay taken; and nothing
 * may move a circuit that the operator has taken out of service.
 */
export function giveBack(circuit: Circuit, { generation, id }: CallUnderWay): void {
  if (id === 0 || generation !== circuit.current.generation) return;
  const ending = { outcome: 'ignored', slow: false, duration: 0 } as const;
  const step = answer(circuit, { type: 'settle', at: circuit.now(), generation, id, ...ending });
  if (step.moves.length === 0) enter(circuit, step);
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
  // Back in service: how long a server once asked us to stay away is no longer of interest.
  if (state.phase === 'closed') circuit.awayUntil = -Infinity;
  const events = moves.map(({ phase: to, since: at, because }): Nameless => {
    if (to === 'open') circuit.tripped = because?.evidence;
    const event = { type: 'move', at, from, to, because: because as Because } as const;
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
    announce(circuit, { type: 'wouldOpen', at, because: because as Because });
  }
}
