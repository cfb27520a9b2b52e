import { describe, expect, it } from 'vitest';
import type { Ambient, CircuitEvent, Plan } from '../../src/machine/event.ts';
import { type CircuitState, UNTOUCHED } from '../../src/machine/state.ts';
import { transition } from '../../src/machine/transition.ts';
import { probes } from '../../src/recover/probes.ts';

const plan: Plan = {
  openFor: ({ attempt, retryAfter = 0 }) => Math.max(1_000 * 2 ** attempt, retryAfter),
  recovery: probes({ permitted: 2, successes: 2, failures: 1 }).build({ permitTimeout: 500, rule: undefined }),
};

const AMBIENT: Ambient = { luck: 0 };

type Known = Pick<CircuitEvent, 'at'> & Partial<CircuitEvent> & Partial<Ambient> & { type: CircuitEvent['type'] };

/** The state after some events, each with what it needs filled in. */
function after(...events: Known[]): CircuitState {
  return events.reduce<CircuitState>((state, event) => step(state, event).state, UNTOUCHED);
}

function step(state: CircuitState, event: Known) {
  return transition(state, event as CircuitEvent, { ...AMBIENT, ...event }, plan);
}

const judged = (at: number) => ({ type: 'move', at, to: 'open', verdict: { rule: 'r' } }) as const;
const acquire = (at: number) => ({ type: 'acquire', at }) as const;
const force = (to: 'closed' | 'open' | 'half-open', at: number) =>
  ({ type: 'move', to, at, verdict: { rule: 'hand' } }) as const;
const settle = (outcome: 'success' | 'failure' | 'ignored', id: number, at: number, generation = 2) =>
  ({ type: 'settle', outcome, id, at, generation, slow: false }) as const;

const closed = UNTOUCHED;
const open = after(judged(0));
const halfOpen = after(judged(0), acquire(1_000));
const twoProbes = after(judged(0), acquire(1_000), acquire(1_000));

describe('transition', () => {
  it.each<[rule: string, from: CircuitState, on: Known, to: Partial<CircuitState>, moves: string[], admitted?: number]>(
    [
      ['closed admits', closed, acquire(5), { phase: 'closed' }, [], 0],
      ['a verdict opens', closed, judged(5), { phase: 'open', until: 1_005 }, ['open']],
      ['open refuses until it is due', open, acquire(999), { phase: 'open' }, []],
      ['open admits a probe exactly when it is due', open, acquire(1_000), { phase: 'half-open' }, ['half-open'], 1],
      ['a verdict while open moves nothing', open, judged(10), { phase: 'open', until: 1_000 }, []],
      ['looking shows that a wait is over', open, { type: 'look', at: 1_000 }, { phase: 'half-open' }, ['half-open']],
      ['looking too early shows it is not', open, { type: 'look', at: 999 }, { phase: 'open' }, []],
      ['half-open admits up to the permitted number', halfOpen, acquire(1_001), { issued: 2 }, [], 2],
      ['half-open refuses the one after', twoProbes, acquire(1_001), { issued: 2 }, []],
      ['a failed probe opens again, for longer', halfOpen, settle('failure', 1, 1_100), { until: 3_100 }, ['open']],
      ['one success is not yet two', halfOpen, settle('success', 1, 1_100), { phase: 'half-open' }, []],
      ['an ignored probe decides nothing', halfOpen, settle('ignored', 1, 1_100), { phase: 'half-open' }, []],
      [
        'a late answer of the closed era opens nothing',
        halfOpen,
        settle('failure', 1, 1_100, 0),
        { phase: 'half-open' },
        [],
      ],
      [
        'nor does one of a probe that was never let through',
        halfOpen,
        settle('failure', 7, 1_100),
        { phase: 'half-open' },
        [],
      ],
      ['a late answer does not ask for a probe', open, settle('success', 1, 5_000, 0), { phase: 'open' }, []],
      ['an operator opens', closed, force('open', 7), { phase: 'open', until: 1_007 }, ['open']],
      ['an operator opens for a time of his own', closed, { ...force('open', 7), wait: 5 }, { until: 12 }, ['open']],
      ['opening what is open moves nothing', open, force('open', 7), { until: 1_000 }, []],
      [
        'opening what is due to be asked opens it again',
        open,
        force('open', 1_000),
        { until: 3_000 },
        ['half-open', 'open'],
      ],
      ['an operator closes', open, force('closed', 7), { phase: 'closed' }, ['closed']],
      ['closing what is closed moves nothing', closed, force('closed', 7), { generation: 0 }, []],
      [
        'an operator sends it half-open',
        closed,
        force('half-open', 7),
        { phase: 'half-open', waited: 0 },
        ['half-open'],
      ],
      ['going half-open twice moves nothing', halfOpen, force('half-open', 1_007), { generation: 2 }, []],
      [
        'a verdict that only limits goes half-open at once',
        closed,
        { ...judged(5), to: 'half-open' },
        { phase: 'half-open' },
        ['half-open'],
      ],
    ],
  )('%s', (_rule, from, on, to, moves, admitted) => {
    const result = step(from, on);
    expect(result.state).toMatchObject(to);
    expect(result.moves.map(({ phase }) => phase)).toEqual(moves);
    expect(result.admitted).toBe(admitted);
  });

  it('closes after the required successes, and counts openings from 0 again', () => {
    const state = after(
      judged(0),
      acquire(1_000),
      acquire(1_000),
      settle('success', 1, 1_100),
      settle('success', 2, 1_200),
    );
    expect(state).toMatchObject({ phase: 'closed', generation: 3, because: { rule: 'probes', at: 1_200 } });
  });

  it('gives an ignored probe’s place to the next caller', () => {
    const state = after(judged(0), acquire(1_000), acquire(1_000), settle('ignored', 2, 1_100));
    expect(step(state, acquire(1_100)).admitted).toBe(3);
  });

  it('gives a lost probe’s place to the next caller at its deadline, not before', () => {
    expect(step(twoProbes, acquire(1_499)).admitted).toBeUndefined();
    expect(step(twoProbes, acquire(1_500))).toMatchObject({ admitted: 3, lost: 2 });
  });

  it('ignores a failed probe whose place was reclaimed', () => {
    const state = step(twoProbes, acquire(1_500)).state;
    expect(step(state, settle('failure', 1, 1_501)).state).toEqual(state);
  });

  it('stays open at the instant it opened, even with a wait of 0', () => {
    const instant = { ...plan, openFor: () => 0 };
    const opened = transition(closed, judged(5), AMBIENT, instant).state;
    expect(transition(opened, { type: 'look', at: 5 }, AMBIENT, instant).state.phase).toBe('open');
    expect(transition(opened, { type: 'look', at: 5.001 }, AMBIENT, instant).state.phase).toBe('half-open');
  });

  it('records in every move the rule, the time, and the next attempt', () => {
    const verdict = { rule: 'failureRate', evidence: { failures: 10, calls: 20 } };
    const { state } = step(closed, { ...judged(5), verdict });
    expect(state.because).toEqual({ ...verdict, at: 5, nextAttemptAt: 1_005 });
  });

  it('passes a server’s Retry-After to openFor', () => {
    expect(step(closed, { ...judged(0), retryAfter: 7_000 }).state).toMatchObject({ until: 7_000 });
  });
});
