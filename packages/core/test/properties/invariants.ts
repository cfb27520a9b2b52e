import type { CircuitEvent, CircuitState, Plan, Step } from './machine.ts';
import { step as again } from './machine.ts';
import { frozen, must, same } from './must.ts';

/** One step of a circuit, from before to after. */
export interface Moment {
  readonly before: CircuitState;
  readonly event: CircuitEvent;
  readonly step: Step;
  readonly plan: Plan;
  readonly maxStay: { readonly after: number; readonly to: 'open' | 'closed' } | undefined;
}

/** What holds at every step of every circuit. Each throws if it does not. */
export const invariants: Readonly<Record<string, (moment: Moment) => void>> = {
  'raises its generation by one with each move, and only then'({ before, step }) {
    let { generation, phase } = before;
    for (const to of step.moves) {
      must(to.generation === generation + 1, () => `from generation ${generation} to ${to.generation}`);
      must(to.phase !== phase, () => `a move from ${phase} to ${phase}`);
      ({ generation, phase } = to);
    }
    const { state } = step;
    must(state.generation === generation && state.phase === phase, () => `it is ${state.phase} without a move`);
  },

  'is open until its open period ends, and admits no call before, unless an operator forces it'({
    before,
    event,
    step,
  }) {
    if (before.phase !== 'open') return;
    const due = event.at >= before.until && event.at > before.since;
    if (event.type === 'force' && event.to !== 'open') return;
    if (event.type === 'hold' && !due) return must(step.moves.length === 0, () => 'a held circuit moved');
    if (!due) must(step.state === before && step.admitted === undefined, () => 'something changed too early');
    else if (event.type !== 'settle') must(step.moves[0]?.phase === 'half-open', () => 'its open period is over');
  },

  'answers every caller, and calls of a closed circuit are not probes'({ event, step }) {
    const { admitted, state } = step;
    if (event.type !== 'acquire') return must(admitted === undefined, () => 'an answer without a question');
    if (state.phase === 'closed') return must(admitted === 0, () => 'a closed circuit refused');
    if (state.phase === 'open') return must(admitted === undefined, () => 'an open circuit admitted');
    must(admitted === undefined || admitted === state.issued, () => `number ${admitted} of ${state.issued}`);
  },

  'numbers the probes of a stay from 1, each number once'({ before, event, step }) {
    const { state, admitted, moves } = step;
    if (state.phase !== 'half-open') return;
    const issued = before.phase === 'half-open' && moves.length === 0 ? before.issued : 0;
    const more = event.type === 'acquire' && admitted !== undefined ? 1 : 0;
    must(state.issued === issued + more, () => `${issued} issued, and then ${state.issued}`);
  },

  'records why it is in its state, and until when'({ before, event, step }) {
    for (const state of step.moves.length > 0 ? step.moves : [step.state]) {
      const { because, generation } = state;
      must((because === undefined) === (generation === 0), () => `generation ${generation} and because ${because}`);
      if (!because) continue;
      must(because.rule !== '' && typeof because.rule === 'string', () => 'a rule without a name');
      must(because.at === state.since && because.at <= event.at, () => `decided at ${because.at}, in ${state.since}`);
      for (const number of Object.values(because.evidence ?? {})) must(Number.isFinite(number), () => `saw ${number}`);
      const { nextAttemptAt: due = Number.NaN } = because;
      if (state.phase === 'open' && step.moves.length > 0) must(due === state.until, () => 'it says another time');
      else if (state.phase === 'open')
        must(state.until <= Math.max(due, event.at) + 60_000, () => 'held for more than a minute');
      must(state.since >= before.since, () => `since ${before.since}, and then since ${state.since}`);
    }
  },

  'counts its openings in a row, and knows how long the last was'({ before, step, plan }) {
    let from = before;
    for (const to of step.moves) {
      if (to.phase === 'open') {
        const recovered = from.phase === 'closed' && to.since - from.since >= (plan.openFor.forgetAfter ?? 0);
        must(to.attempt === (recovered ? 1 : from.attempt + 1), () => `opening ${to.attempt} after ${from.attempt}`);
      } else must(to.attempt === from.attempt, () => `${to.phase} changed the count`);
      const waited = from.phase === 'open' ? from.until - from.since : 0;
      if (to.phase === 'half-open') must(to.waited === waited, () => `open for ${waited}, and it says ${to.waited}`);
      from = to;
    }
  },

  'is plain data that survives JSON and a structured clone'({ step }) {
    const copy = JSON.stringify(step.state);
    must(same(structuredClone(step.state), step.state), () => 'a clone says something else');
    must(same(JSON.parse(copy), step.state) && !copy.includes('null'), () => `JSON loses something: ${copy}`);
  },

  'takes the same step for the same event, and changes no earlier state'({ before, event, step, plan }) {
    // States are frozen here, so that changing one throws.
    must(same(again(frozen(before), event, plan), step), () => 'another step');
  },

  'ignores other eras'({ before, event, step }) {
    if (event.type !== 'settle' || event.generation === before.generation) return;
    must(step.state === before && step.moves.length === 0, () => 'an answer of another era had an effect');
  },

  'moves with time in the same way, whether it is read first or not'({ before, event, step, plan }) {
    // An answer is the exception: from an era that time has ended it does not even tell the time.
    if (event.type === 'settle') return;
    const { at, luck } = event;
    const seen = again(before, { type: 'look', at, luck }, plan);
    const then = again(seen.state, event, plan);
    must(same(then.state, step.state), () => 'looking has changed what came of it');
    must(same([...seen.moves, ...then.moves], step.moves), () => 'looking has changed the moves');
  },

  'ends the longest stay at its deadline, however late that is noticed'({ before, event, step, plan, maxStay }) {
    if (before.phase !== 'half-open' || event.type === 'settle') return;
    const over = maxStay !== undefined && event.at >= before.since + maxStay.after;
    const [first] = step.moves;
    must(over === (first?.because?.rule === 'maxStay'), () => `over: ${over}, and then ${first?.because?.rule}`);
    if (!over || !first) return;
    must(first.phase === maxStay.to && first.since === before.since + maxStay.after, () => 'it ended elsewhere');
    if (first.phase !== 'open' || !first.because) return;
    // Luck was drawn when the half-open state began, so the first reader must not decide how long it opens.
    const { since: at, because } = first;
    const wait = plan.openFor({ at, attempt: before.attempt, luck: before.luck, retryAfter: 0, because });
    must(first.until - at === wait, () => `open for ${first.until - at}, not ${wait}`);
  },
};
