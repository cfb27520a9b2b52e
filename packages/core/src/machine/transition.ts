import type { OpenFor } from '../open-for/open-for.ts';
import type { Recover } from '../recover/recover.ts';
import type { Because, Verdict } from '../vocabulary/because.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import type { CircuitEvent, Settle } from './event.ts';
import type { CircuitState, HalfOpen } from './state.ts';

/** What the machine must be told of a breaker's options. */
export interface Plan {
  readonly openFor: OpenFor;
  readonly recover: Recover;
}

/** What an event did. */
export interface Step {
  readonly state: CircuitState;

  /** The states entered, in order; time and an event together can cause two moves. */
  readonly moves: readonly CircuitState[];

  /** For a caller who asked: 0 to go ahead, a probe's number, or nothing if refused. */
  readonly admitted?: number;

  /** Probes given up for lost. */
  readonly lost: number;
}

/** What causes a move: the moment, and what the next opening needs to know. */
type Cause = Pick<CircuitEvent, 'at' | 'luck' | 'retryAfter'>;

/** The whole circuit: no clock, no chance, no callbacks, no mutation. The same events give the same states. */
export function transition(from: CircuitState, event: CircuitEvent, plan: Plan): Step {
  const { state, moves } = elapse(from, event, plan);
  switch (event.type) {
    case 'look':
      return { state, moves, lost: 0 };
    case 'acquire':
      return acquire(state, event.at, moves, plan);
    case 'settle':
      // A permit of another era says nothing about this one; and asking is the caller's part, not the late answer's.
      return event.generation === state.generation && state.phase === 'half-open'
        ? settle(state, event, moves, plan)
        : stay(from);
    case 'judged':
      return state.phase === 'closed'
        ? enter(state, event.verdict.to ?? 'open', event.verdict, event, moves, plan)
        : stay(from);
    case 'force':
      // Moved there already: moves that move nothing make no event.
      if (state.phase === event.to) return { state, moves, lost: 0 };
      return enter(state, event.to, { rule: event.rule }, event, moves, plan, event.wait);
  }
}

/** What time alone has done: a stay ran out, a wait is over. */
function elapse(from: CircuitState, now: Cause, plan: Plan): Step {
  let step = stay(from);
  if (step.state.phase === 'half-open') {
    const { memory, since, luck } = step.state;
    const end = plan.recover.expired?.(memory, { at: now.at, since });
    if (end) step = enter(step.state, end.to, end.verdict, { at: end.at, luck }, [], plan);
  }
  if (isDue(step.state, now.at)) step = enter(step.state, 'half-open', { rule: 'openFor' }, now, step.moves, plan);
  return step;
}

/** Whether an open circuit may be asked again. It stays open for the instant it opened in, even for a wait of 0. */
function isDue(state: CircuitState, at: Instant): state is Extract<CircuitState, { phase: 'open' }> {
  return state.phase === 'open' && at >= state.until && at > state.since;
}

function acquire(state: CircuitState, at: Instant, moves: readonly CircuitState[], plan: Plan): Step {
  if (state.phase === 'closed') return { state, moves, lost: 0, admitted: 0 };
  if (state.phase === 'open') return { state, moves, lost: 0 };
  const id = state.issued + 1;
  const { admitted, memory, lost } = plan.recover.admit(state.memory, { at, id });
  if (!admitted) return { state: memory === state.memory ? state : { ...state, memory }, moves, lost };
  return { state: { ...state, memory, issued: id }, moves, lost, admitted: id };
}

function settle(state: HalfOpen, ending: Settle, moves: readonly CircuitState[], plan: Plan): Step {
  const progress = plan.recover.settle(state.memory, ending);
  if (progress.to) return enter(state, progress.to, progress.verdict, ending, moves, plan);
  return { state: progress.memory === state.memory ? state : { ...state, memory: progress.memory }, moves, lost: 0 };
}

function enter(
  from: CircuitState,
  to: CircuitState['phase'],
  verdict: Verdict,
  cause: Cause,
  moves: readonly CircuitState[],
  plan: Plan,
  wait?: Millis,
): Step {
  const state = entered(from, to, verdict, cause, plan, wait);
  return { state, moves: [...moves, state], lost: 0 };
}

function entered(
  from: CircuitState,
  to: CircuitState['phase'],
  verdict: Verdict,
  cause: Cause,
  plan: Plan,
  wait?: Millis,
): CircuitState {
  const { at, luck } = cause;
  const because: Because = { rule: verdict.rule, at, ...(verdict.evidence && { evidence: verdict.evidence }) };
  const era = { generation: from.generation + 1, since: at, because };
  switch (to) {
    case 'closed':
      return { ...era, phase: to, attempt: from.attempt };
    case 'open': {
      const attempt = isForgotten(from, at, plan) ? 0 : from.attempt;
      const until = at + (wait ?? plan.openFor({ ...cause, attempt, because }));
      return { ...era, phase: to, because: { ...because, nextAttemptAt: until }, attempt: attempt + 1, until };
    }
    case 'half-open': {
      const waited = from.phase === 'open' ? from.until - from.since : 0;
      const memory = plan.recover.start({ at, wait: waited });
      return { ...era, phase: to, attempt: from.attempt, wait: waited, issued: 0, memory, luck };
    }
  }
}

/** A circuit that has been closed for long enough has recovered: its openings are counted from 0 again. */
function isForgotten(from: CircuitState, at: Instant, { openFor: { forgetAfter = 0 } }: Plan): boolean {
  return from.phase === 'closed' && at - from.since >= forgetAfter;
}

function stay(state: CircuitState): Step {
  return { state, moves: [], lost: 0 };
}
