import { describe, expect, it } from 'vitest';
import { checksOf } from '../src/demo/measure/checks.ts';
import { circuitOf } from '../src/demo/measure/circuit.ts';
import type { Figures } from '../src/demo/measure/figures.ts';
import { createPhases, type Event, isWellAtLast } from '../src/demo/scenario/phases.ts';
import type { Move } from '../src/demo/shops/side.ts';
import { someFigures } from './some-figures.ts';

const phases = (...events: Event[]) => createPhases({ short: true, ownDatabase: true, phases: events });
const all = createPhases({ short: true, ownDatabase: true });
const moments = { slowAt: 1_000, deadAt: 2_000, backAt: 3_000, databaseDownAt: undefined };

const move = (at: number, to: Move['to'], breaker = 'payments'): Move => ({
  ...{ at, to, breaker, from: 'closed', because: { rule: 'failureRate', at: 0 } },
});

describe('the circuit of the payment service', () => {
  it.each<[rule: string, moves: Move[], openedAfterMs: number | null, closed: boolean]>([
    ['opened and closed', [move(1_500, 'open'), move(3_100, 'half-open'), move(3_200, 'closed')], 500, true],
    ['opened and is half-open', [move(1_500, 'open'), move(3_100, 'half-open')], 500, false],
    ['never moved', [], null, true],
    ['opened before there was any trouble, and then did not', [move(500, 'open'), move(900, 'closed')], null, true],
    ['is not that of the database', [move(1_500, 'open', 'database')], null, true],
  ])('%s', (_rule, moves, openedAfterMs, closed) => {
    const opened = openedAfterMs !== null;
    expect(circuitOf(all, moves, moments)).toEqual({ opened, openedAfterMs, closed, isWellAtLast: true });
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

const brokenRules = (change: Partial<Figures>, of = all) =>
  checksOf({ without, with: { ...someFigures, ...change } }, of).flatMap(({ broken }) => broken ?? []);

describe('checks', () => {
  it.each<[rule: string, change: Partial<Figures>, broken: string]>([
    ['a lost order', { lost: 1 }, '1 accepted order was lost'],
    ['customers charged twice', { chargedTwice: 2 }, '2 customers were charged twice'],
    ['a queued payment not made', { drained: 399 }, '1 queued payment not made'],
    ['customers without an answer', { refused: 98 }, '2 customers got no answer'],
    [
      'money that no customer owed',
      { chargedCents: 90_001 },
      'providers charged 1 cents more than the orders marked paid cost',
    ],
    [
      'money that is missing',
      { chargedCents: 89_000 },
      'providers charged 1000 cents less than the orders marked paid cost',
    ],
  ])('name %s, and what was found', (_what, change, broken) => {
    expect(brokenRules(change)).toEqual([broken]);
  });

  it.each<[what: string, change: Partial<Figures>]>([
    [
      'how long customers waited',
      { p50Ms: 9_000, p99Ms: 10_000, outageMeanMs: 9_000, outageP99Ms: 10_000, waitedMs: 1e9 },
    ],
    ['an outage that no customer came to', { outageMeanMs: null, outageP99Ms: null }],
    ['when trouble was noticed, or was over', { noticedMs: null, recoveredMs: null }],
    ['how many calls reached the dead service', { callsToDeadService: 1_000, callsToPayments: 10_000 }],
    [
      'how many were paid at once, later or elsewhere',
      { confirmed: 0, queued: 900, drained: 900, paidByAlternative: 0 },
    ],
    ['how many were turned away, or got an error', { confirmed: 0, refused: 300, failed: 300 }],
    ['how few customers there were', { offered: 3, confirmed: 3, queued: 0, drained: 0, refused: 0 }],
  ])('do not depend on the machine: %s', (_what, change) => {
    expect(brokenRules(change)).toEqual([]);
  });

  it('do not judge the other shop', () => {
    expect(brokenRules({})).toEqual([]);
  });

  it('of money and queued payments are left out where payments do not recover', () => {
    const change = { drained: 0, chargedCents: 95_000 };
    expect(brokenRules(change, phases('steady', 'hang'))).toEqual([]);
    expect(brokenRules(change, phases('steady', 'hang', 'return'))).toHaveLength(2);
  });
});
