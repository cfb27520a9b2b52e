import type { OpenFor } from '../open-for/open-for.ts';
import type { Recover } from '../recover/recover.ts';
import type { Because, Verdict } from '../vocabulary/because.ts';
import type { State } from '../vocabulary/state.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import type { CircuitEvent } from './event.ts';
import type { CircuitState } from './state.ts';

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
  readonly admitted?: number | undefined;

  /** Probes given up for lost. */
  readonly lost: number;
}

/** What causes a move: the moment, and what the next opening needs to know. */
type Cause = Pick<CircuitEvent, 'at' | 'luck' | 'retryAfter'>;

/** The whole circuit: no clock, no chance, no callbacks, nothing changed in place. The same events give the same states. */
export function transition(from: CircuitState, event: CircuitEvent, { openFor, recover }: Plan): Step {
  const { at } = event;
  const moves: CircuitState[] = [];
  let state = from;
  let admitted: number | undefined;
  let lost = 0;

  const enter = (to: State, verdict: Verdict, cause: Cause = event, wait?: Millis): void => {
    state = entered(state, to, verdict, cause, { openFor, recover }, wait);
    moves.push(state);
  };

  // First what time alone has done: a stay ran out, a wait is over. A circuit stays open for the instant it opened in.
  if (state.phase === 'half-open') {
    const end = recover.expired?.(state.memory, { at, since: state.since });
    if (end) enter(end.to, end.verdict, { at: end.at, luck: state.luck });
  }
  if (state.phase === 'open' && at >= state.until && at > state.since) enter('half-open', { rule: 'openFor' });

  switch (event.type) {
    case 'acquire':
      if (state.phase === 'closed') admitted = 0;
      else if (state.phase === 'half-open') {
        const id = state.issued + 1;
        const answer = recover.admit(state.memory, { at, id });
        if (answer.admitted) admitted = id;
        state = { ...state, memory: answer.memory, issued: admitted ?? state.issued };
        lost = answer.lost;
      }
      break;
    case 'settle': {
      // A permit of another era says nothing about this one, not even what the time is.
      if (state.phase !== 'half-open' || event.generation !== state.generation) return { state: from, moves: [], lost };
      const { memory, to, verdict } = recover.settle(state.memory, event);
      if (to) enter(to, verdict);
      else state = { ...state, memory };
      break;
    }
    case 'judged':
      if (state.phase === 'closed') enter(event.verdict.to ?? 'open', event.verdict);
      break;
    case 'force':
      if (state.phase !== event.to) enter(event.to, { rule: event.rule }, event, event.wait);
  }
  return { state, moves, admitted, lost };
}

function entered(
  from: CircuitState,
  phase: State,
  verdict: Verdict,
  cause: Cause,
  plan: Plan,
  wait?: Millis,
): CircuitState {
  const { at } = cause;
  const because: Because = { rule: verdict.rule, at, ...(verdict.evidence && { evidence: verdict.evidence }) };
  const era = { generation: from.generation + 1, since: at, because, attempt: from.attempt };
  if (phase === 'closed') return { ...era, phase };
  if (phase === 'open') {
    const attempt = isForgotten(from, at, plan.openFor) ? 0 : from.attempt;
    const until = at + (wait ?? plan.openFor({ ...cause, attempt, because }));
    return { ...era, phase, until, because: { ...because, nextAttemptAt: until }, attempt: attempt + 1 };
  }
  const waited = from.phase === 'open' ? from.until - from.since : 0;
  return { ...era, phase, wait: waited, issued: 0, memory: plan.recover.start({ at, wait: waited }), luck: cause.luck };
}

/** A circuit that has been closed for long enough has recovered: its openings are counted from 0 again. */
function isForgotten(from: CircuitState, at: Instant, { forgetAfter = 0 }: OpenFor): boolean {
  return from.phase === 'closed' && at - from.since >= forgetAfter;
}
