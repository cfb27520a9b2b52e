import type { Because, State } from '../vocabulary/state.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import type { Acquire, Ambient, CircuitEvent, Move, Plan, Settle, Step } from './event.ts';
import { Plugs } from './plugs.ts';
import { type CircuitState, type HalfOpen, inNewEra, type Open } from './state.ts';

/**
 * The state machine of a circuit. Pure, without clock, randomness or callbacks: the same events give the same states.
 */
export function transition(from: CircuitState, event: CircuitEvent, ambient: Ambient, plan: Plan): Step {
  const plugs = new Plugs(plan, ambient);
  const now = look(from, event.at, plugs);
  // A late call has no effect at all: not even its time may move the circuit.
  if (event.type === 'settle' && event.generation !== now.state.generation) return { state: from, moves: [] };
  const step = respond(now, event, plugs);
  return plugs.faults ? { ...step, faults: plugs.faults } : step;
}

/** @param now the state after the moves that time alone has caused */
function respond(now: Step, event: CircuitEvent, plugs: Plugs): Step {
  switch (event.type) {
    case 'acquire':
      return acquire(now, event, plugs);
    case 'settle':
      return settle(now, event, plugs);
    case 'move':
      return move(now, event, plugs);
    case 'look':
      return now;
  }
}

/** The moves that time alone causes: the longest stay half-open is over, or the open period is. */
function look(from: CircuitState, at: Instant, plugs: Plugs): Step {
  let step: Step = { state: from, moves: [] };
  const end = from.phase === 'half-open' ? plugs.expired(from, at) : undefined;
  if (end && from.phase === 'half-open') {
    const because = { ...end.verdict, at: end.at };
    step = enter(step, end.to, because, plugs, { luck: from.luck });
  }
  const { state } = step;
  // A circuit stays open at the instant it opened, even if its wait is 0.
  const isDue = state.phase === 'open' && at >= state.until && at > state.since;
  return isDue ? enter(step, 'half-open', { rule: 'openFor', at }, plugs) : step;
}

function acquire(now: Step, { at }: Acquire, plugs: Plugs): Step {
  const { state } = now;
  if (state.phase === 'closed') return { ...now, admitted: 0 };
  if (state.phase === 'open') return now;
  const id = state.issued + 1;
  const { admitted, memory, lost, freeAt = at, newEra, notes } = plugs.admit(state, at, id);
  const next: HalfOpen = {
    ...state,
    memory,
    issued: admitted ? id : state.issued,
    // A probe may come back at any moment. Until one counts as lost, the last wait is as good a guess as any.
    until: Math.min(freeAt, at + state.waited),
  };
  return { ...now, state: newEra ? inNewEra(next) : next, admitted: admitted ? id : undefined, lost, notes };
}

function settle(now: Step, event: Settle, plugs: Plugs): Step {
  const { state } = now;
  if (state.phase !== 'half-open') return now;
  const progress = plugs.settle(state, event);
  const { notes } = progress;
  if (progress.to) {
    return { ...enter(now, progress.to, { ...progress.verdict, at: event.at }, plugs), notes };
  }
  const next: HalfOpen = { ...state, memory: progress.memory };
  return { ...now, state: progress.newEra ? inNewEra(next) : next, notes };
}

function move(now: Step, { at, to, verdict, wait, ordered }: Move, plugs: Plugs): Step {
  const { state } = now;
  const because: Because = { ...verdict, at };
  if (state.phase !== to) return enter(now, to, because, plugs, plugs.ambient, wait);
  if (ordered && state.phase === 'open') return { ...now, state: extend(state, because, plugs, wait) };
  if (ordered && state.phase === 'closed') return { ...now, state: inNewEra(state) };
  return now;
}

/**
 * Extends the open period of a circuit that is ordered to open while open. It is never shortened, and the order is not
 * a further opening.
 */
function extend(state: Open, because: Because, plugs: Plugs, wait: Millis | undefined): Open {
  const attempt = Math.max(0, state.attempt - 1);
  const until = because.at + (wait ?? plugs.openFor(because, attempt, plugs.ambient));
  return until > state.until ? { ...state, until, because: { ...because, nextAttemptAt: until } } : state;
}

/** @param wait how long to stay open, if `openFor` does not decide */
function enter(
  before: Step,
  phase: State,
  because: Because,
  plugs: Plugs,
  ambient = plugs.ambient,
  wait?: Millis,
): Step {
  const from = before.state;
  const base = { generation: from.generation + 1, since: because.at, because, attempt: from.attempt };
  let state: CircuitState;
  if (phase === 'closed') state = { phase, ...base };
  else if (phase === 'half-open') {
    const waited = from.phase === 'open' ? from.until - from.since : 0;
    const memory = plugs.start({ at: because.at, wait: waited, fromClosed: from.phase === 'closed' });
    state = { phase, ...base, until: because.at, waited, issued: 0, memory, luck: ambient.luck };
  } else {
    // If the circuit was closed for long enough it had recovered, and its openings are counted from 0 again.
    const isForgotten = from.phase === 'closed' && because.at - from.since >= plugs.forgetAfter;
    const attempt = isForgotten ? 0 : from.attempt;
    const until = because.at + (wait ?? plugs.openFor(because, attempt, ambient));
    state = { phase, ...base, because: { ...because, nextAttemptAt: until }, attempt: attempt + 1, until };
  }
  return { ...before, state, moves: [...before.moves, state] };
}
