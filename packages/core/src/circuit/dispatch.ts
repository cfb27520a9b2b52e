import { ask } from '../foreign/hook.ts';
import type { CircuitEvent, Step } from '../machine/event.ts';
import { type CircuitState, UNTOUCHED } from '../machine/state.ts';
import { transition } from '../machine/transition.ts';
import { invalidError } from '../vocabulary/requirement.ts';
import type { Because, Verdict } from '../vocabulary/state.ts';
import type { Instant } from '../vocabulary/time.ts';
import { announce, type Nameless } from './announce.ts';
import { type CallUnderWay, type Circuit, NO_PROBE } from './circuit.ts';
import { forgetEvidence } from './fast-path.ts';

/**
 * Has the machine answer an event, and puts the answer into effect.
 *
 * @returns for a caller who asked: 0 to go ahead, a probe's number, or nothing if refused
 */
export function dispatch(circuit: Circuit, event: CircuitEvent): number | undefined {
  const step = stepOf(circuit, event, luckOf(circuit));
  const { admitted, lost = 0, faults = [] } = step;
  for (const fault of faults) circuit.report(fault, 'plug');
  circuit.lost += lost;
  apply(circuit, step);
  announce(circuit, ...new Array<Nameless>(lost).fill({ type: 'lost', at: event.at }));
  return admitted;
}

function stepOf(circuit: Circuit, event: CircuitEvent, luck: number, from: CircuitState = circuit.current): Step {
  const { blueprint, awayUntil, observer } = circuit;
  const ambient = { luck, retryAfter: Math.max(0, awayUntil - event.at), vitals: observer };
  return transition(from, event, ambient, blueprint);
}

/** Dry run: what the machine would answer. The state is not changed, no chance is drawn, and faults of plugs are not reported. */
export function peek(circuit: Circuit, type: 'look' | 'acquire', at: Instant): Step {
  return stepOf(circuit, { type, at }, 0);
}

/** The middle, for a `random` that gives no usable number: waits are then of middling length. */
const NO_LUCK = 0.5;

/** A number drawn for an event, from 0 up to but not including 1, whatever the user's source of chance gives. */
export function luckOf(circuit: Circuit): number {
  const luck = ask('random', circuit, circuit.blueprint.options.random);
  if (typeof luck === 'number' && luck >= 0 && luck < 1) return luck;
  if (luck !== undefined)
    circuit.report(invalidError('the answer of random', 'from 0 up to but not including 1', luck), 'random');
  return NO_LUCK;
}

/**
 * Gives a probe's place back in a mode in which probes do not decide. A place must not stay taken in any mode, and nothing
 * may move a circuit that the operator has taken out of service.
 */
export function giveBack(circuit: Circuit, { generation, id }: CallUnderWay): void {
  if (id === NO_PROBE || generation !== circuit.current.generation) return;
  const ending = { outcome: 'ignored', slow: false, duration: 0 } as const;
  const step = stepOf(circuit, { type: 'settle', at: circuit.now(), generation, id, ...ending }, luckOf(circuit));
  if (step.moves.length === 0) apply(circuit, step);
}

/** Moves the circuit through the states of a step to the last of them. */
export function apply(circuit: Circuit, { state, moves, notes }: Step): void {
  let from = circuit.current.phase;
  circuit.observer?.stepped(state.generation, moves, notes);
  circuit.current = state;
  if (moves.length === 0) return;
  circuit.ignored = 0;
  circuit.rejected = 0;
  // Back in service: how long a server once asked us to stay away no longer matters.
  if (state.phase === 'closed') circuit.awayUntil = -Infinity;
  const events = moves.map(({ phase: to, since: at, because }): Nameless => {
    if (to === 'open') circuit.tripped = because?.evidence;
    const event = { type: 'move', at, from, to, because: because as Because } as const;
    from = to;
    return event;
  });
  forgetEvidence(circuit, state.since);
  circuit.keeper?.circuitMoved();
  // Announced only when all is in place: a listener may use this very breaker.
  announce(circuit, ...events);
}

/** Acts on a detector's verdict: the circuit moves, or in shadow mode only says that it would. */
export function applyVerdict(circuit: Circuit, { to = 'open', rule, evidence }: Verdict): void {
  const at = circuit.now();
  // The plain counters beside the rule's own numbers: the first question after the rule's name is how many calls it saw.
  const verdict = { rule, evidence: { ...circuit.detector?.readings(at), ...evidence } };
  const move = { type: 'move', at, verdict } as const;
  if (circuit.mode !== 'shadow') dispatch(circuit, { ...move, to });
  else if (at >= circuit.shadowUntil) {
    // During an opening that did not happen no outcome could have opened anything, and no load could have been limited:
    // a verdict that limits is announced as the opening that would have come.
    const { state } = stepOf(circuit, { ...move, to: 'open' }, luckOf(circuit), UNTOUCHED);
    circuit.shadowUntil = state.phase === 'open' ? state.until : at;
    announce(circuit, { type: 'wouldOpen', at, because: state.because as Because });
  }
}
