import { describe, expect, it } from 'vitest';
import type { Beginning, Opening, Recover } from '../../src/index.ts';
import type { CircuitEvent, Plan } from '../../src/machine/event.ts';
import { type CircuitState, UNTOUCHED } from '../../src/machine/state.ts';
import { transition } from '../../src/machine/transition.ts';
import { probes } from '../../src/recover/probes.ts';

const closing = probes({ permitted: 1 }).build({ permitTimeout: 500, rule: undefined });

/** A plan that notes what it is asked. */
function noting(changes: { forgetAfter?: number; recover?: Recover } = {}) {
  const openings: Opening[] = [];
  const beginnings: Beginning[] = [];
  const { recover = closing, forgetAfter } = changes;
  const openFor = (opening: Opening) => {
    openings.push(opening);
    return 1_000;
  };
  const plan: Plan = {
    openFor: forgetAfter === undefined ? openFor : Object.assign(openFor, { forgetAfter }),
    recovery: {
      ...recover,
      start: (beginning) => {
        beginnings.push(beginning);
        return recover.start(beginning);
      },
    },
  };
  return { plan, openings, beginnings };
}

type Known = { type: CircuitEvent['type']; at: number } & Record<string, unknown>;

function live(plan: Plan, ...events: Known[]): CircuitState {
  let state: CircuitState = UNTOUCHED;
  for (const event of events) state = transition(state, event as CircuitEvent, { luck: 0.25, ...event }, plan).state;
  return state;
}

const judged = (at: number): Known => ({ type: 'move', to: 'open', at, verdict: { rule: 'r' } });
const acquire = (at: number): Known => ({ type: 'acquire', at });
const settle = (outcome: string, generation: number, at: number): Known => ({
  type: 'settle',
  outcome,
  generation,
  at,
  id: 1,
  slow: false,
  duration: 1,
});

describe('openings are numbered', () => {
  it('on from the last while the circuit has not closed again', () => {
    const { plan, openings } = noting();
    live(plan, judged(0), acquire(1_000), settle('failure', 2, 1_000), acquire(2_000), settle('failure', 4, 2_000));
    expect(openings.map(({ attempt }) => attempt)).toEqual([0, 1, 2]);
  });

  it('from 0 again once it has, unless forgetAfter says otherwise', () => {
    const { plan, openings } = noting();
    live(plan, judged(0), acquire(1_000), settle('success', 2, 1_000), judged(1_000));
    expect(openings.map(({ attempt }) => attempt)).toEqual([0, 0]);
  });

  it('on from the last after too short a time closed', () => {
    const short = noting({ forgetAfter: 50 });
    live(short.plan, judged(0), acquire(1_000), settle('success', 2, 1_000), judged(1_049));
    expect(short.openings.map(({ attempt }) => attempt)).toEqual([0, 1]);
    const long = noting({ forgetAfter: 50 });
    live(long.plan, judged(0), acquire(1_000), settle('success', 2, 1_000), judged(1_050));
    expect(long.openings.map(({ attempt }) => attempt)).toEqual([0, 0]);
  });

  it('also if an operator opens it for a given time', () => {
    const { plan, openings } = noting();
    const state = live(
      plan,
      { type: 'move', to: 'open', at: 0, verdict: { rule: 'trip' }, wait: 70 },
      acquire(70),
      settle('failure', 2, 80),
    );
    expect(openings.map(({ attempt }) => attempt)).toEqual([1]);
    expect(state).toMatchObject({ phase: 'open', until: 1_080, attempt: 2 });
  });
});

describe('an order that extends the open period', () => {
  const order = (at: number): Known => ({ type: 'move', to: 'open', at, verdict: { rule: 'trip' }, ordered: true });

  it('asks openFor under the number of that opening', () => {
    const { plan, openings } = noting();
    const state = live(plan, judged(0), order(10), acquire(1_010), settle('failure', 2, 1_010), order(1_020));
    expect(openings.map(({ attempt }) => attempt)).toEqual([0, 0, 1, 1]);
    expect(state).toMatchObject({ phase: 'open', attempt: 2, until: 2_020 });
  });
});

describe('openFor receives', () => {
  it('when and why it opens, the luck of the event, and what servers asked for', () => {
    const { plan, openings } = noting();
    live(plan, { ...judged(5), retryAfter: 70 });
    expect(openings).toEqual([{ at: 5, attempt: 0, luck: 0.25, retryAfter: 70, because: { rule: 'r', at: 5 } }]);
    live(plan, judged(6));
    expect(openings[1]).toMatchObject({ retryAfter: 0 });
  });

  it('a half-open state that ran out, with the luck of its beginning and without a later Retry-After', () => {
    const recover = probes({ permitted: 1, maxStay: 50 }).build({ permitTimeout: 500, rule: undefined });
    const { plan, openings } = noting({ recover });
    const state = live(
      plan,
      { type: 'move', to: 'half-open', at: 100, verdict: { rule: 'hand' }, luck: 0.75 },
      { type: 'look', at: 180, retryAfter: 9_000 },
    );
    expect(openings).toEqual([
      {
        at: 150,
        attempt: 0,
        luck: 0.75,
        retryAfter: 0,
        because: { rule: 'maxStay', evidence: { maxStay: 50 }, at: 150 },
      },
    ]);
    expect(state).toMatchObject({ phase: 'open', since: 150, until: 1_150 });
  });

  it('a report if it returns an invalid wait, and the circuit opens for 5 s', () => {
    for (const answer of [Number.NaN, -1, Infinity, 'soon' as never]) {
      const plan: Plan = { ...noting().plan, openFor: () => answer };
      const { state, faults } = transition(UNTOUCHED, judged(7) as CircuitEvent, { luck: 0 }, plan);
      expect(state).toMatchObject({ phase: 'open', since: 7, until: 5_007 });
      const got = typeof answer === 'string' ? `'${answer}'` : answer;
      expect(faults).toMatchObject([
        { message: expect.stringContaining(`must be a number of at least 0, got ${got}`) },
      ]);
    }
  });
});

describe('recovery receives', () => {
  it('when it begins, and how long the circuit was open before', () => {
    const { plan, beginnings } = noting();
    live(plan, judged(5), acquire(1_300));
    live(plan, { type: 'move', to: 'half-open', at: 7, verdict: { rule: 'hand' } });
    expect(beginnings).toEqual([
      { at: 1_300, wait: 1_000, fromClosed: false },
      { at: 7, wait: 0, fromClosed: true },
    ]);
  });
});

describe('a state carries', () => {
  it('when and why it was entered, and what its kind needs', () => {
    const { plan } = noting();
    const because = { rule: 'openFor', at: 1_000 };
    expect(live(plan, judged(0), acquire(1_000))).toMatchObject({
      phase: 'half-open',
      generation: 2,
      since: 1_000,
      because,
      attempt: 1,
      waited: 1_000,
      issued: 1,
      luck: 0.25,
    });
    expect(live(plan, judged(0), { type: 'move', to: 'closed', at: 9, verdict: { rule: 'reset' } })).toMatchObject({
      phase: 'closed',
      generation: 2,
      since: 9,
      because: { rule: 'reset', at: 9 },
      attempt: 1,
    });
    expect(live(plan, judged(3))).toMatchObject({
      phase: 'open',
      generation: 1,
      since: 3,
      because: { rule: 'r', at: 3, nextAttemptAt: 1_003 },
      attempt: 1,
      until: 1_003,
    });
  });
});
