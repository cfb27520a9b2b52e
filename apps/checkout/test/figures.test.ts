import { describe, expect, it } from 'vitest';
import type { Evidence } from '../src/demo/measure/evidence.ts';
import { type Figures, figuresOf } from '../src/demo/measure/figures.ts';
import type { Answer, OrderRecord } from '../src/load/customer.ts';
import type { Charge } from '../src/services/payments.ts';

const moments = { slowAt: 1_000, deadAt: 2_000, backAt: 3_000, databaseDownAt: 4_000 };

function record(reference: string, answer: Answer, scheduledAt = 100, latency = 10): OrderRecord {
  return { reference, answer, scheduledAt, answeredAt: scheduledAt + latency, isDegraded: false };
}

function charge(order: string): Charge {
  return { order, key: order, amountCents: 100, at: 0 };
}

function figures(evidence: Partial<Evidence>): Figures {
  const calls = { healthy: 0, slow: 0, hang: 0, refuse: 0 };
  return figuresOf({
    offered: 0,
    records: [],
    orders: new Map(),
    paidCents: 0,
    charges: [],
    alternativeCharges: [],
    calls,
    moments,
    ...evidence,
  });
}

describe('lost', () => {
  it.each<
    [rule: string, lost: number, answer: Answer, row: ReadonlyMap<string, number | null>, charges: readonly Charge[]]
  >([
    ['a confirmed order that is there and paid is not lost', 0, 'confirmed', new Map([['a', 5]]), [charge('a')]],
    ['a confirmed order that is not there is lost', 1, 'confirmed', new Map(), [charge('a')]],
    ['a confirmed order without money is lost', 1, 'confirmed', new Map([['a', 5]]), []],
    [
      'a confirmed order whose payment was made but not yet written down is not lost',
      0,
      'confirmed',
      new Map([['a', null]]),
      [charge('a')],
    ],
    ['a queued order that is not there is lost', 1, 'queued', new Map(), []],
    ['a queued order whose payment is still owed is not lost', 0, 'queued', new Map([['a', null]]), []],
    ['a queued order said to be paid without money is lost', 1, 'queued', new Map([['a', 5]]), []],
    ['a refused order that is not there is not lost', 0, 'refused', new Map(), []],
    ['a failed order that is not there is not lost', 0, 'failed', new Map(), []],
  ])('%s', (_rule, lost, answer, orders, charges) => {
    expect(figures({ records: [record('a', answer)], orders, charges }).lost).toBe(lost);
  });
});

describe('figures', () => {
  it('count each answer once', () => {
    const records = [
      record('a', 'confirmed'),
      record('b', 'queued'),
      record('c', 'queued'),
      record('d', 'refused'),
      record('e', 'failed'),
    ];
    expect(figures({ offered: 5, records })).toMatchObject({
      offered: 5,
      confirmed: 1,
      queued: 2,
      refused: 1,
      failed: 1,
    });
  });

  it('count as drained only what is marked paid and charged', () => {
    const records = ['a', 'b', 'c'].map((reference) => record(reference, 'queued'));
    const orders = new Map([
      ['a', 5],
      ['b', 5],
      ['c', null],
    ]);
    expect(figures({ records, orders, charges: [charge('a'), charge('c')] }).drained).toBe(1);
  });

  it('count an order as charged twice once, however often it was charged', () => {
    const charges = [charge('a'), charge('a'), charge('a'), charge('b'), charge('c'), charge('c')];
    expect(figures({ charges }).chargedTwice).toBe(2);
  });

  it('count an order charged by both providers as charged twice', () => {
    expect(figures({ charges: [charge('a'), charge('b')], alternativeCharges: [charge('b')] }).chargedTwice).toBe(1);
  });

  it('count what the alternative provider was paid, and do not miss it as lost', () => {
    const records = [record('a', 'confirmed'), record('b', 'queued'), record('c', 'confirmed')];
    const orders = new Map([
      ['a', 5],
      ['b', 5],
      ['c', 5],
    ]);
    const alternativeCharges = [charge('a'), charge('b'), charge('b')];
    expect(figures({ records, orders, charges: [charge('c')], alternativeCharges })).toMatchObject({
      paidByAlternative: 2,
      drained: 1,
      lost: 0,
    });
  });

  it('of phases that were not played are nothing', () => {
    const nothing = { slowAt: undefined, deadAt: undefined, backAt: undefined, databaseDownAt: undefined };
    const found = figures({ records: [record('a', 'queued')], orders: new Map([['a', 5]]), moments: nothing });
    expect([found.noticedMs, found.recoveredMs, found.outageMeanMs, found.outageP99Ms]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  it('count calls to the dead service in both of its dead modes, and in no other', () => {
    expect(figures({ calls: { healthy: 1, slow: 2, hang: 4, refuse: 8 } }).callsToDeadService).toBe(12);
  });

  it('count orders accepted without the product service', () => {
    const records = [record('a', 'confirmed'), { ...record('b', 'queued'), isDegraded: true }];
    expect(figures({ records }).degraded).toBe(1);
  });

  it('count calls to payments in every mode', () => {
    expect(figures({ calls: { healthy: 1, slow: 2, hang: 4, refuse: 8 } }).callsToPayments).toBe(15);
  });

  it('sum up the waiting time of accepted orders only', () => {
    const records = [
      record('a', 'confirmed', 100, 20),
      record('b', 'queued', 100, 300),
      record('c', 'failed', 100, 4_000),
    ];
    expect(figures({ records }).waitedMs).toBe(320);
  });

  it('add up what both providers charged, whatever it was for', () => {
    const charged = figures({ paidCents: 300, charges: [charge('a'), charge('a')], alternativeCharges: [charge('b')] });
    expect(charged).toMatchObject({ paidCents: 300, chargedCents: 300 });
  });

  it('have exactly the documented names', () => {
    expect(Object.keys(figures({}))).toEqual([
      ...[
        'offered',
        'confirmed',
        'queued',
        'drained',
        'paidByAlternative',
        'degraded',
        'refused',
        'failed',
        'lost',
        'chargedTwice',
      ],
      ...[
        'callsToDeadService',
        'callsToPayments',
        'waitedMs',
        'noticedMs',
        'recoveredMs',
        'p50Ms',
        'p99Ms',
        'outageMeanMs',
        'outageP99Ms',
        'paidCents',
        'chargedCents',
      ],
    ]);
  });
});

describe('noticed', () => {
  it('is from slow payments to the first customer whose payment was queued', () => {
    const records = [record('b', 'queued', 1_500, 300), record('a', 'queued', 1_100, 900)];
    expect(figures({ records }).noticedMs).toBe(800);
  });

  it('is null if no payment was queued', () => {
    expect(figures({ records: [record('a', 'confirmed', 1_500)] }).noticedMs).toBeNull();
  });
});

describe('recovered', () => {
  const records = [record('a', 'queued', 2_500), record('b', 'queued', 3_100), record('c', 'queued', 4_500)];

  it('is from the return of payments to the last payment queued on their account', () => {
    const orders = new Map([
      ['a', 3_700],
      ['b', 3_400],
      ['c', 9_000],
    ]);
    expect(figures({ records, orders }).recoveredMs).toBe(700);
  });

  it('is nothing while one of them is owed', () => {
    const orders = new Map([
      ['a', 3_700],
      ['b', null],
      ['c', 9_000],
    ]);
    expect(figures({ records, orders }).recoveredMs).toBeNull();
  });
});

describe('latency', () => {
  it('counts from when the customer came, whatever the answer', () => {
    const records = [
      record('a', 'confirmed', 100, 10),
      record('b', 'failed', 100, 500),
      record('c', 'refused', 100, 20),
    ];
    expect(figures({ records })).toMatchObject({ p50Ms: 20, p99Ms: 500 });
  });

  it('in the outage is that of customers who came from its beginning until its end', () => {
    const latencies: [at: number, latency: number][] = [
      [1_999, 900],
      [2_000, 10],
      [2_999, 30],
      [3_000, 900],
    ];
    const records = latencies.map(([at, latency]) => record(`at ${at}`, 'queued', at, latency));
    expect(figures({ records })).toMatchObject({ outageMeanMs: 20, outageP99Ms: 30 });
  });
});
