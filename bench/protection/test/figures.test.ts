import { describe, expect, it } from 'vitest';
import { figuresOf, meanOf, recoveryLag } from '../src/figures/figures.ts';
import { estimate } from '../src/results/excess.ts';
import { stretched } from '../src/scenarios/scenario.ts';
import { type Fate, Journal } from '../src/simulation/journal.ts';
import { scenarioOf } from './scene.ts';

const faults = [{ kind: 'freeze', from: 1_000, to: 2_000 }] as const;

/** A journal of requests that came every 100 ms and ended so, each after 50 ms. */
function journalOf(fates: readonly Fate[]): Journal {
  const journal = new Journal();
  fates.forEach((fate, i) => {
    journal.ended(journal.came(100 * i), fate, 100 * i + 50);
    if (fate !== 'refused') journal.calledAt.push(100 * i);
    if (fate === 'failed') journal.failedAt.push(100 * i + 50);
  });
  return journal;
}

const fates = (count: number, fate: Fate): Fate[] => new Array<Fate>(count).fill(fate);

describe('figures', () => {
  const scenario = scenarioOf({ rate: 10, faults });
  const journal = journalOf([
    ...fates(9, 'useful'),
    'refused',
    ...fates(2, 'failed'),
    ...fates(6, 'refused'),
    ...fates(2, 'useful'),
    ...fates(5, 'refused'),
    ...fates(15, 'useful'),
  ]);
  journal.capacity.push(20, 0, 4, 20, 20);

  it('cost 1 for what was lost, a quarter for a failed call, three quarters for a second of waiting', () => {
    const { cost } = figuresOf(scenario, journal);
    expect(cost).toBeCloseTo((1_000 * (14 + 0.25 * 2 + 0.75 * 40 * 0.05)) / 40);
  });

  it('tell what happened in the fault from what happened outside it', () => {
    const { goodput, useful, failing, falseRefusals } = figuresOf(scenario, journal);
    expect({ goodput, useful, failing, falseRefusals }).toEqual({
      goodput: 26 / 40,
      useful: 0.2,
      failing: 0.2,
      falseRefusals: 150,
    });
  });

  it('say when it was noticed, when it was over, and how hard the service was pressed then', () => {
    const { detection, lag, peak } = figuresOf(scenario, journal);
    expect({ detection, lag, peak }).toEqual({ detection: 200, lag: 500, peak: 1.25 });
  });

  it('have no values about a fault if there was no fault', () => {
    const { useful, failing, detection, lag } = figuresOf(scenarioOf(), journalOf(fates(20, 'useful')));
    expect([useful, failing, lag]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    expect(detection).toBeNaN();
  });

  it('of several runs are their means, without those that have none', () => {
    const one = figuresOf(scenario, journal);
    expect(meanOf([one, { ...one, cost: one.cost + 2, lag: Number.NaN }])).toMatchObject({
      cost: one.cost + 1,
      lag: 500,
    });
  });
});

describe('recovery', () => {
  const scenario = scenarioOf({ rate: 10, faults });

  it('is never where too few are served to the end', () => {
    const mixed = Array.from({ length: 60 }, (_, i): Fate => (i % 3 === 0 ? 'failed' : 'useful'));
    expect(recoveryLag(scenario, journalOf(mixed))).toBe(Number.POSITIVE_INFINITY);
  });

  it('is at once where the first ten are served, but for one', () => {
    const served = [...fates(23, 'useful'), 'failed' as const, ...fates(10, 'useful')];
    expect(recoveryLag(scenario, journalOf(served))).toBe(0);
  });
});

describe('a repeat', () => {
  it('has all its times longer or shorter alike', () => {
    const longer = stretched(scenarioOf({ faults }), 1.5);
    expect(longer.faults[0]).toMatchObject({ from: 1_500, to: 3_000 });
    expect(longer.duration).toBe(15_000);
  });
});

describe('an estimate', () => {
  it('is as sure as the values agree, and their number', () => {
    const { mean, within } = estimate([1, 2, 3, 4, 5]);
    expect(mean).toBe(3);
    expect(within).toBeCloseTo((1.96 * Math.sqrt(2.5)) / Math.sqrt(5));
  });
});
