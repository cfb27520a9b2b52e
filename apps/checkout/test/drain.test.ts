import { CircuitOpenError } from '@switchgear/axios';
import { describe, expect, it } from 'vitest';
import { drainOnce } from '../src/orders/drain.ts';
import type { Outbox, Payment } from '../src/orders/outbox.ts';
import type { Charge } from '../src/orders/payments.ts';

/** An outbox in memory that writes down what was done to it. */
function outboxOf(...orders: readonly string[]): Outbox & { readonly log: readonly string[] } {
  const log: string[] = [];
  const write = (word: string) => async (order: string) => void log.push(`${word} ${order}`);
  return {
    log,
    claim: async (limit) => orders.slice(0, limit).map((order): Payment => ({ order, amountCents: 100, key: order })),
    markPaid: write('paid'),
    postpone: write('postponed'),
    giveBack: write('given back'),
  };
}

const charged: Charge = async () => undefined;
const failing: Charge = async () => {
  throw new Error('timeout of 2500ms exceeded');
};
const refused =
  (retryAfter: number): Charge =>
  async () => {
    throw new CircuitOpenError('payments', retryAfter, { rule: 'failureRate', at: 0 });
  };

describe('a round of draining', () => {
  it('that goes well doubles the next, up to sixteen at once, and goes on without a rest', async () => {
    const outbox = outboxOf('a', 'b', 'c', 'd');
    expect(await drainOnce({ outbox, charge: charged }, 1)).toEqual({ next: 2, rest: 0 });
    expect(await drainOnce({ outbox, charge: charged }, 8)).toEqual({ next: 16, rest: 0 });
    expect(await drainOnce({ outbox, charge: charged }, 16)).toEqual({ next: 16, rest: 0 });
  });

  it('that finds nothing looks again after a while', async () => {
    const { rest } = await drainOnce({ outbox: outboxOf(), charge: charged }, 8);
    expect(rest).toBe(200);
  });

  it('refused by the circuit gives its payments back, rests as the circuit says, and goes on with one', async () => {
    const outbox = outboxOf('a', 'b');
    expect(await drainOnce({ outbox, charge: refused(700) }, 2)).toEqual({ next: 1, rest: 700 });
    expect(outbox.log).toEqual(['given back a', 'given back b']);
  });

  it.each<[rule: string, retryAfter: number, rest: number]>([
    ['rests a moment when the circuit may admit at once', 1, 200],
    ['rests a second at most, because a probe of somebody else may close the circuit', 30_000, 1_000],
    ['looks again after a second when an operator isolated the circuit', Number.POSITIVE_INFINITY, 1_000],
  ])('%s', async (_rule, retryAfter, rest) => {
    expect((await drainOnce({ outbox: outboxOf('a'), charge: refused(retryAfter) }, 1)).rest).toBe(rest);
  });

  it('that fails postpones the payment and rests', async () => {
    const outbox = outboxOf('a');
    expect(await drainOnce({ outbox, charge: failing }, 1)).toEqual({ next: 1, rest: 1_000 });
    expect(outbox.log).toEqual(['postponed a']);
  });

  it('without a database rests and does not throw', async () => {
    const outbox: Outbox = { ...outboxOf(), claim: () => Promise.reject(new Error('connect ECONNREFUSED')) };
    expect(await drainOnce({ outbox, charge: charged }, 8)).toEqual({ next: 1, rest: 1_000 });
  });

  it('whose outcome cannot be written down leaves the payment to its lease and does not throw', async () => {
    const outbox: Outbox = { ...outboxOf('a'), markPaid: () => Promise.reject(new Error('connect ECONNREFUSED')) };
    await expect(drainOnce({ outbox, charge: charged }, 1)).resolves.toBeDefined();
  });
});
