import { describe, expect, it } from 'vitest';
import { type Circuit, checksOf, circuitOf, comparisonsOf } from '../src/demo/measure/checks.ts';
import type { Figures } from '../src/demo/measure/figures.ts';
import { createPhases, type Event, isWellAtLast } from '../src/demo/scenario/phases.ts';
import type { Move } from '../src/demo/shops/side.ts';
import { someFigures } from './some-figures.ts';

const phases = (...events: Event[]) => createPhases({ short: true, ownDatabase: true, phases: events });
const all = createPhases({ short: true, ownDatabase: true });
const moments = { slowAt: 1_000, deadAt: 2_000, backAt: 3_000, databaseDownAt: undefined };

const move = (at: number, to: string, breaker = 'payments'): Move => ({
  ...{ at, to, breaker, from: 'closed', because: { rule: 'failureRate', at: 0 } },
});

describe('the circuit of the payment service', () => {
  it.each<[rule: string, moves: Move[], opened: boolean, closed: boolean]>([
    ['opened and closed', [move(1_500, 'open'), move(3_100, 'half-open'), move(3_200, 'closed')], true, true],
    ['opened and is half-open', [move(1_500, 'open'), move(3_100, 'half-open')], true, false],
    ['never moved', [], false, true],
    ['opened before there was any trouble, and then did not', [move(500, 'open'), move(900, 'closed')], false, true],
    ['is not that of the database', [move(1_500, 'open', 'database')], false, true],
  ])('%s', (_rule, moves, opened, closed) => {
    expect(circuitOf(all, moves, moments)).toEqual({ opened, closed, isWellAtLast: true });
  });
});

describe('payments answer at the end', () => {
  it.each<[events: Event[], isWell: boolean]>([
    [['steady'], true],
    [['slow'], true],
    [['hang', 'return'], true],
    [['hang'], false],
    [['slow', 'refuse', 'databaseDown', 'databaseBack'], false],
  ])('of %j: %s', (events, isWell) => {
    expect(isWellAtLast(phases(...events))).toBe(isWell);
  });
});

const without: Figures = { ...someFigures, callsToDeadService: 100, lost: 3, chargedTwice: 3 };
const done: Circuit = { opened: true, closed: true, isWellAtLast: true };

const failedChecks = (change: Partial<Figures>, circuit: Circuit = done) =>
  checksOf({ without, with: { ...someFigures, ...change } }, circuit).filter(({ passed }) => !passed).length;

describe('checks', () => {
  it.each<[rule: string, change: Partial<Figures>, failed: number]>([
    ['all pass at their limits', {}, 0],
    ['one lost order fails one', { lost: 1 }, 1],
    ['one customer charged twice fails one', { chargedTwice: 1 }, 1],
    ['one queued payment not made fails one', { drained: 399 }, 1],
    ['one customer without an answer fails one', { refused: 99 }, 1],
  ])('%s', (_rule, change, count) => {
    expect(failedChecks(change)).toBe(count);
  });

  it.each<[what: string, change: Partial<Figures>]>([
    ['how long customers waited', { p50Ms: 9_000, p99Ms: 10_000, outageP99Ms: 10_000, waitedMs: 1e9 }],
    ['an outage that no customer came to', { outageP99Ms: null }],
    ['when trouble was noticed, or was over', { noticedMs: null, recoveredMs: null }],
    ['how many calls reached the dead service', { callsToDeadService: 100, callsToPayments: 10_000 }],
    [
      'how many were paid at once, later or elsewhere',
      { confirmed: 0, queued: 900, drained: 900, paidByAlternative: 0 },
    ],
    ['how many were turned away, or got an error', { confirmed: 0, refused: 300, failed: 300 }],
    ['how few customers there were', { offered: 3, confirmed: 3, queued: 0, drained: 0, refused: 0 }],
  ])('do not depend on the machine: %s', (_what, change) => {
    expect(failedChecks(change)).toBe(0);
  });

  it.each<[rule: string, circuit: Partial<Circuit>, calls: number, failed: number]>([
    ['a circuit that did not open fails one', { opened: false }, 60, 1],
    ['a circuit that did not close fails one', { closed: false }, 10, 1],
    ['a circuit need not open for a few failed calls', { opened: false }, 59, 0],
    ['a circuit need not close while payments are down', { closed: false, isWellAtLast: false }, 10, 0],
  ])('%s', (_rule, circuit, callsToDeadService, count) => {
    expect(failedChecks({ callsToDeadService }, { ...done, ...circuit })).toBe(count);
  });

  it('of queued payments are left out where payments do not recover', () => {
    expect(failedChecks({ drained: 0 }, { opened: true, closed: false, isWellAtLast: false })).toBe(0);
  });
});

describe('what depends on the machine', () => {
  it('is compared, side by side', () => {
    expect(
      comparisonsOf({ without: { ...without, outageP99Ms: 2_743 }, with: { ...someFigures, outageP99Ms: 1_234 } }),
    ).toEqual([
      'Calls to the dead payment service: 10 with breakers, 100 without',
      'p99 waiting time during the payment outage: 1.2 s with breakers, 2.7 s without',
    ]);
  });

  it('is left out where there was no outage', () => {
    const quiet = { ...someFigures, callsToDeadService: 0, outageP99Ms: null };
    expect(comparisonsOf({ without: quiet, with: quiet })).toEqual([]);
  });
});
