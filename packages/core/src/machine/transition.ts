import type { OpenFor } from '../open-for/open-for.ts';
import type { Recover } from '../recover/recover.ts';
import type { Because } from '../vocabulary/because.ts';
import type { State } from '../vocabulary/state.ts';
import type { Millis } from '../vocabulary/time.ts';
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
  readonly lost?: number;
}

/** What the next opening needs to know besides its cause. */
type Chance = Pick<CircuitEvent, 'luck' | 'retryAfter'>;

/** The whole circuit: no clock, no chance, no callbacks, nothing changed in place. The same events give the same states. */
export function transition(from: CircuitState, event: CircuitEvent, plan: Plan): Step {
  const { at } = event;
  const { recover } = plan;
  const moves: CircuitState[] = [];
  let state = from;

  const enter = (to: State, because: Because, chance: Chance = event, wait?: Millis): void => {
    state = entered(state, to, because, chance, plan, wait);
    moves.push(state);
  };

  // First what time alone has done: a stay ran out, a wait is over. A circuit stays open for the instant it opened in.
  if (state.phase === 'half-open') {
    const end = recover.expired?.(state.memory, { at, since: state.since });
    if (end) enter(end.to, { ...end.verdict, at: end.at }, { luck: state.luck });
  }
  if (state.phase === 'open' && at >= state.until && at > state.since) enter('half-open', { rule: 'openFor', at });

  switch (event.type) {
    case 'acquire': {
      if (state.phase !== 'half-open') return { state, moves, admitted: state.phase === 'closed' ? 0 : undefined };
      const id = state.issued + 1;
      const { admitted, memory, lost } = recover.admit(state.memory, { at, id });
      state = { ...state, memory, issued: admitted ? id : state.issued };
      return { state, moves, lost, admitted: admitted ? id : undefined };
    }
    case 'settle': {
      // A permit of another era says nothing about this one, not even what the time is.
      if (state.phase !== 'half-open' || event.generation !== state.generation) return { state: from, moves: [] };
      const { memory, to, verdict } = recover.settle(state.memory, event);
      if (to) enter(to, { ...verdict, at });
      else state = { ...state, memory };
      break;
    }
    case 'judged':
      if (state.phase === 'closed') enter(event.verdict.to ?? 'open', { ...event.verdict, at });
      break;
    case 'force':
      if (state.phase !== event.to) enter(event.to, { rule: event.rule, at }, event, event.wait);
  }
  return { state, moves };
}

function entered(
  from: CircuitState,
  phase: State,
  because: Because,
  { luck, retryAfter = 0 }: Chance,
  { openFor, recover }: Plan,
  forced?: Millis,
): CircuitState {
  const { at } = because;
  const era = { generation: from.generation + 1, since: at, because, attempt: from.attempt };
  if (phase === 'closed') return { ...era, phase };
  if (phase === 'half-open') {
    const wait = from.phase === 'open' ? from.until - from.since : 0;
    return { ...era, phase, wait, luck, issued: 0, memory: recover.start({ at, wait }) };
  }
  // A circuit that has been closed for long enough has recovered: its openings are counted from 0 again.
  const recovered = from.phase === 'closed' && at - from.since >= (openFor.forgetAfter ?? 0);
  const attempt = recovered ? 0 : from.attempt;
  const until = at + (forced ?? openFor({ at, attempt, luck, retryAfter, because }));
  return { ...era, phase, until, attempt: attempt + 1, because: { ...because, nextAttemptAt: until } };
}
