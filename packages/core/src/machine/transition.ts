import { requireNumber } from '../vocabulary/requirement.ts';
import type { Because, State, Verdict } from '../vocabulary/state.ts';
import type { Millis } from '../vocabulary/time.ts';
import type { Answer, Chance, CircuitEvent, Plan, Settle, Step } from './event.ts';
import type { CircuitState } from './state.ts';

/** How long a circuit stays open whose `openFor` gives no usable answer: the first wait of the default. */
const WAIT_WITHOUT_ANSWER: Millis = 5_000;

/** The whole circuit: no clock, no chance, no callbacks, nothing changed in place. The same events give the same states. */
export function transition(from: CircuitState, event: CircuitEvent, chance: Chance, plan: Plan): Step {
  const { openFor, recovery } = plan;
  const { vitals } = chance;
  const moves: CircuitState[] = [];
  let faults: unknown[] | undefined;
  let state = from;

  /** A plug that throws must not keep the circuit from moving: its answer is made up, and the fault goes with the step. */
  function asked<Word>(plug: () => Word, otherwise: Word): Word {
    try {
      return plug();
    } catch (error) {
      faults = [...(faults ?? []), error];
      return otherwise;
    }
  }

  function lengthOf(because: Because, attempt: number, { luck, retryAfter = 0 }: Chance): Millis {
    return asked(() => {
      const length = openFor({ at: because.at, attempt, luck, retryAfter, because, vitals });
      // A NaN wait would never end.
      requireNumber('the answer of openFor', length, 0);
      return length;
    }, WAIT_WITHOUT_ANSWER);
  }

  function enter(phase: State, because: Because, now: Chance = chance, forced?: Millis): void {
    const { at } = because;
    const wait = state.until - state.since;
    let { attempt } = state;
    let until = at;
    if (phase === 'open') {
      // A circuit that has been closed for long enough has recovered: its openings are counted from 0 again.
      if (state.phase === 'closed' && at - state.since >= (openFor.forgetAfter ?? 0)) attempt = 0;
      until += forced ?? lengthOf(because, attempt, now);
      attempt++;
      because = { ...because, nextAttemptAt: until };
    }
    const early = state.phase === 'closed';
    const generation = state.generation + 1;
    let { stay } = state;
    let memory: unknown;
    if (phase === 'half-open') {
      memory = asked(() => recovery.start({ at, wait, early }, vitals), undefined);
      if (!early) stay = generation;
    }
    state = { phase, generation, stay, since: at, because, attempt, until, wait, luck: now.luck, issued: 0, memory };
    moves.push(state);
  }

  // First what time alone has done: a stay ran out, a wait is over. A circuit stays open for the instant it opened in.
  const { at } = event;
  if (state.phase === 'half-open') {
    const end = asked(() => recovery.expired?.(state.memory, { at, since: state.since }), undefined);
    if (end) enter(end.to, { ...end.verdict, at: end.at }, { luck: state.luck, vitals });
  }
  if (state.phase === 'open' && at >= state.until && at > state.since) enter('half-open', { rule: 'openFor', at });

  const { phase } = state;
  let answer: Answer = {};
  let admitted: number | undefined;
  if (event.type === 'move') {
    if (phase !== event.to) enter(event.to, { ...event.verdict, at }, chance, event.wait);
    else if (event.ordered && phase === 'open') extend(event.verdict, event.wait);
    else if (event.ordered && phase === 'closed') state = { ...state, generation: state.generation + 1 };
  } else if (event.type === 'acquire') {
    if (phase === 'closed') admitted = 0;
    else if (phase === 'half-open') {
      const id = state.issued + 1;
      // A recovery that throws lets the call through: its fault must not become an outage.
      const broken: Answer = { memory: state.memory, admitted: true };
      answer = asked<Answer>(() => recovery.admit(state.memory, { at, id }, vitals), broken);
      const { memory, freeAt = at } = answer;
      if (answer.admitted) admitted = id;
      // A probe may come back any moment. Until one is given up for lost, the last wait is as good a guess as any.
      state = { ...state, memory, issued: admitted ?? state.issued, until: Math.min(freeAt, at + state.wait) };
    }
  } else if (event.type === 'settle') {
    if (event.generation !== state.generation) return { state: from, moves: [] };
    if (phase === 'half-open') {
      answer = asked<Answer>(() => recovery.settle(state.memory, event, vitals), withoutRecovery(event, state.memory));
      const { to, verdict, memory } = answer;
      if (to) enter(to, { ...(verdict as Verdict), at });
      else state = { ...state, memory };
    }
  }
  if (answer.fresh) state = { ...state, generation: state.generation + 1, stay: state.generation + 1 };
  return { state, moves, admitted, lost: answer.lost, acceptLatency: answer.acceptLatency, faults };

  /** An order to stay open makes the wait longer, never shorter, and counts as no further opening. */
  function extend(verdict: Verdict, forced: Millis | undefined): void {
    const because = { ...verdict, at };
    const until = at + (forced ?? lengthOf(because, Math.max(0, state.attempt - 1), chance));
    if (until > state.until) state = { ...state, until, because: { ...because, nextAttemptAt: until } };
  }
}

/** Where a stay goes whose recovery throws: the call's own outcome decides, so that neither answer wedges the circuit. */
function withoutRecovery({ outcome, slow }: Settle, memory: unknown): Answer {
  if (outcome === 'ignored') return { memory };
  const failed = outcome === 'failure' || slow;
  return {
    to: failed ? 'open' : 'closed',
    verdict: { rule: 'recover', evidence: { calls: 1, failures: Number(failed) } },
  };
}
