import { describe, expect, it } from 'vitest';
import type { Circuit } from '../src/demo/circuit.ts';
import type { Figures } from '../src/demo/figures.ts';
import { comparisonsOf, promisesOf } from '../src/demo/promises.ts';
import { someFigures } from './some-figures.ts';

const without: Figures = { ...someFigures, callsToDeadService: 100, lost: 3, chargedTwice: 3 };
const done: Circuit = { opened: true, closed: true, isWellAtLast: true };

const broken = (change: Partial<Figures>, circuit: Circuit = done) =>
  promisesOf({ without, with: { ...someFigures, ...change } }, circuit).filter(({ kept }) => !kept).length;

describe('promises', () => {
  it.each<[rule: string, change: Partial<Figures>, broken: number]>([
    ['all are kept at their limits', {}, 0],
    ['one lost order breaks one', { lost: 1 }, 1],
    ['one customer charged twice breaks one', { chargedTwice: 1 }, 1],
    ['one queued payment not made breaks one', { drained: 399 }, 1],
    ['one customer without an answer breaks one', { refused: 99 }, 1],
  ])('%s', (_rule, change, count) => {
    expect(broken(change)).toBe(count);
  });

  it.each<[what: string, change: Partial<Figures>]>([
    ['how long customers waited', { p50Ms: 9_000, p99Ms: 10_000, outageP99Ms: 10_000, waitedMs: 1e9 }],
    ['an outage that no customer came to', { outageP99Ms: null }],
    ['when trouble was noticed, or was over', { noticedMs: null, recoveredMs: null }],
    ['how many calls were made in vain', { callsToDeadService: 100, callsToPayments: 10_000 }],
    [
      'how many were paid at once, later or elsewhere',
      { confirmed: 0, queued: 900, drained: 900, paidByAlternative: 0 },
    ],
    ['how many were turned away, or got an error', { confirmed: 0, refused: 300, failed: 300 }],
    ['how few customers there were', { offered: 3, confirmed: 3, queued: 0, drained: 0, refused: 0 }],
  ])('do not depend on the machine: %s', (_what, change) => {
    expect(broken(change)).toBe(0);
  });

  it.each<[rule: string, circuit: Partial<Circuit>, calls: number, broken: number]>([
    ['a circuit that did not open breaks one', { opened: false }, 60, 1],
    ['a circuit that did not close breaks one', { closed: false }, 10, 1],
    ['a circuit need not open for a few calls in vain', { opened: false }, 59, 0],
    ['a circuit need not close while payments are away', { closed: false, isWellAtLast: false }, 10, 0],
  ])('%s', (_rule, circuit, callsToDeadService, count) => {
    expect(broken({ callsToDeadService }, { ...done, ...circuit })).toBe(count);
  });

  it('of queued payments are not made where payments do not come back', () => {
    expect(broken({ drained: 0 }, { opened: true, closed: false, isWellAtLast: false })).toBe(0);
  });
});

describe('what depends on the machine', () => {
  it('is compared, side by side', () => {
    expect(
      comparisonsOf({ without: { ...without, outageP99Ms: 2_743 }, with: { ...someFigures, outageP99Ms: 1_234 } }),
    ).toEqual([
      'The dead service got 10 calls with breakers, 100 without',
      'While payments were dead, 99 of 100 customers waited at most 1.2 s with breakers, 2.7 s without',
    ]);
  });

  it('is not said of an outage that there was none of', () => {
    const quiet = { ...someFigures, callsToDeadService: 0, outageP99Ms: null };
    expect(comparisonsOf({ without: quiet, with: quiet })).toEqual([]);
  });
});
