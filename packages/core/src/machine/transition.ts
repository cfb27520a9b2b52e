import type { OpenFor } from '../open-for/open-for.ts';
import type { Recover } from '../recover/recover.ts';
import type { Because } from '../vocabulary/because.ts';
import { requireNumber } from '../vocabulary/requirement.ts';
import type { State } from '../vocabulary/state.ts';
import type { Millis } from '../vocabulary/time.ts';
import type { Chance, CircuitEvent } from './event.ts';
import type { CircuitState } from './state.ts';

/** What the machine must be told of a breaker's options. */
export interface Plan {
  readonly openFor: OpenFor;
  readonly recovery: Recover;
}

/** What an event did. */
export interface Step {
  readonly state: CircuitState;

  /** The states entered, in order; time and an event together can cause two moves. */
  readonly moves: readonly CircuitState[];

  /** What it means for a caller who asked: 0 to go ahead, a probe's number, or nothing if refused. */
  readonly admitted?: number | undefined;

  /** Probes given up for lost. */
  readonly lost?: number;

  /** Recovery has found that the present latency is the new normal one. */
  readonly acceptLatency?: boolean | undefined;
}

/** The whole circuit: no clock, no chance, no callbacks, nothing changed in place. The same events give the same states. */
export function transition(from: CircuitState, event: CircuitEvent, chance: Chance, plan: Plan): Step {
  const { openFor, recovery } = plan;
  const { vitals } = chance;
  const moves: CircuitState[] = [];
  let state = from;

  function enter(phase: State, because: Because, { luck, retryAfter = 0 }: Chance = chance, forced?: Millis): void {
    const { at } = because;
    const wait = state.until - state.since;
    let { attempt } = state;
    let until = at;
    if (phase === 'open') {
      // A circuit that has been closed for long enough has recovered: its openings are counted from 0 again.
      if (state.phase === 'closed' && at - state.since >= (openFor.forgetAfter ?? 0)) attempt = 0;
      const length = forced ?? openFor({ at, attempt, luck, retryAfter, because, vitals });
      // A wait that is no number would never be over.
      requireNumber('the answer of openFor', length, 0);
      until += length;
      attempt++;
      because = { ...because, nextAttemptAt: until };
    }
    const early = state.phase === 'closed';
    const memory = phase === 'half-open' ? recovery.start({ at, wait, early }, vitals) : undefined;
    const generation = state.generation + 1;
    const stay = state.phase === 'open' && memory !== undefined ? generation : state.stay;
    state = { phase, generation, stay, since: at, because, attempt, until, wait, luck, issued: 0, memory };
    moves.push(state);
  }

  // First what time alone has done: a stay ran out, a wait is over. A circuit stays open for the instant it opened in.
  const { at } = event;
  if (state.phase === 'half-open') {
    const end = recovery.expired?.(state.memory, { at, since: state.since });
    if (end) enter(end.to, { ...end.verdict, at: end.at }, { luck: state.luck, vitals });
  }
  if (state.phase === 'open' && at >= state.until && at > state.since) enter('half-open', { rule: 'openFor', at });

  const { phase } = state;
  if (event.type === 'move') {
    if (phase !== event.to) enter(event.to, { ...event.verdict, at }, chance, event.wait);
  } else if (event.type === 'acquire') {
    if (phase === 'closed') return { state, moves, admitted: 0 };
    if (phase === 'half-open') {
      const id = state.issued + 1;
      const { admitted, memory, lost, freeAt = at, fresh } = recovery.admit(state.memory, { at, id }, vitals);
      // A probe may come back any moment. Until one is given up for lost, the last wait is as good a guess as any.
      const until = Math.min(freeAt, at + state.wait);
      state = { ...state, ...anew(state, fresh), memory, issued: admitted ? id : state.issued, until };
      return { state, moves, lost, admitted: admitted ? id : undefined };
    }
  } else if (event.type === 'settle') {
    if (event.generation !== state.generation) return { state: from, moves: [] };
    if (phase === 'half-open') {
      const { to, verdict, memory, fresh, acceptLatency } = recovery.settle(state.memory, event, vitals);
      if (to) enter(to, { ...verdict, at });
      else state = { ...state, ...anew(state, fresh), memory };
      return { state, moves, acceptLatency };
    }
  }
  return { state, moves };
}

/** Where recovery begins anew, what is under way neither speaks nor counts as load. */
function anew({ generation, stay }: CircuitState, fresh: boolean = false): Pick<CircuitState, 'generation' | 'stay'> {
  return fresh ? { generation: generation + 1, stay: generation + 1 } : { generation, stay };
}
