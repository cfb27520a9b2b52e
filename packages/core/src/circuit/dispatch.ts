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
 * Passes an event to the machine and puts its answer into effect.
 *
 * @returns for a caller who asked: `NO_PROBE` to go ahead, a probe's number, or undefined if refused
 */
export function dispatch(circuit: Circuit, event: CircuitEvent): number | undefined {
  const step = stepOf(circuit, event, luckOf(circuit));
  const { admitted, lost = 0, faults = [] } = step;
  for (const fault of faults) circuit.report(fault, 'plug');
  if (lost > 0) circuit.own.lost += lost;
  apply(circuit, step);
  announce(circuit, ...new Array<Nameless>(lost).fill({ type: 'lost', at: event.at }));
  return admitted;
}

function stepOf(circuit: Circuit, event: CircuitEvent, luck: number, from: CircuitState = circuit.current): Step {
  const { blueprint, rare, observer } = circuit;
  const ambient = { luck, retryAfter: Math.max(0, rare.awayUntil - event.at), vitals: observer };
  return transition(from, event, ambient, blueprint);
}

/**
 * Dry run: what the machine would answer. The state does not change, no random number is drawn, and faults of plugs are
 * not reported.
 */
export function peek(circuit: Circuit, type: 'look' | 'acquire', at: Instant): Step {
  return stepOf(circuit, { type, at }, 0);
}

/** Used if `random` returns no usable number: waits are then of medium length. */
const NO_LUCK = 0.5;

/** A random number for an event, at least 0 and less than 1 whatever the user's source of randomness returns. */
export function luckOf(circuit: Circuit): number {
  const luck = ask('random', circuit, circuit.blueprint.options.random);
  if (typeof luck === 'number' && luck >= 0 && luck < 1) return luck;
  if (luck !== undefined)
    circuit.report(invalidError('the result of random', 'at least 0 and less than 1', luck), 'random');
  return NO_LUCK;
}

/**
 * Gives a probe's place back in a mode in which probes do not decide. The place must be freed in any mode, but a circuit
 * that an operator has taken out of service must not move.
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
  const { own } = circuit;
  own.ignored = 0;
  own.rejected = 0;
  // The dependency is back in service, so an earlier Retry-After no longer applies.
  if (state.phase === 'closed') own.awayUntil = -Infinity;
  const events = moves.map(({ phase: to, since: at, because }): Nameless => {
    if (to === 'open') own.tripped = because?.evidence;
    const event = { type: 'move', at, from, to, because: because as Because } as const;
    from = to;
    return event;
  });
  forgetEvidence(circuit, state.since);
  circuit.keeper?.circuitMoved();
  circuit.meet('moved', state.because);
  // Announced last, because a listener may use this breaker.
  announce(circuit, ...events);
}

/** Acts on a verdict: the circuit moves. In shadow mode, or without the consent of its company, the opening is only announced. */
export function applyVerdict(circuit: Circuit, { to = 'open', rule, evidence }: Verdict): void {
  const at = circuit.now();
  // The evidence includes the plain counters, because the first question is how many calls the rule saw.
  const verdict = { rule, evidence: { ...circuit.detector?.readings(at), ...evidence } };
  const move = { type: 'move', at, verdict } as const;
  if (circuit.mode !== 'shadow' && circuit.meet('consents', verdict)) dispatch(circuit, { ...move, to });
  else if (at >= circuit.rare.shadowUntil) {
    // No further opening is announced until this one would have ended. A verdict that would limit the load is announced as
    // an opening, because in shadow mode nothing is limited.
    const { state } = stepOf(circuit, { ...move, to: 'open' }, luckOf(circuit), UNTOUCHED);
    circuit.own.shadowUntil = state.phase === 'open' ? state.until : at;
    announce(circuit, { type: 'wouldOpen', at, because: state.because as Because });
  }
}
