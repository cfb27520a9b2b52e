import { CircuitOpenError } from '@switchgear/core';
import { describe, expect, it } from 'vitest';
import { drainRound, type Round } from '../src/drain.ts';
import { type OutboxOptions, settingsOf } from '../src/options.ts';
import { Queue } from '../src/queue.ts';
import { type Order, openOutbox } from './setup/open-outbox.ts';

type Deliver = OutboxOptions<Order>['deliver'];

const failing: Deliver = async () => {
  throw new Error('timeout of 2500ms exceeded');
};
const refused =
  (retryAfter: number): Deliver =>
  async () => {
    throw new CircuitOpenError('payments', retryAfter, { rule: 'failureRate', at: 0 });
  };

/** One round over a queue of so many messages. */
async function round(messages: number, limit: number, deliver: Deliver = async () => undefined): Promise<Round> {
  const { pool, table, outbox } = await openOutbox();
  for (let index = 0; index < messages; index++) await outbox.add({ order: `A-${index}` });
  const settings = settingsOf<Order>({ queue: 'payments', table, deliver });
  return drainRound(new Queue(pool, settings), settings, limit);
}

describe('a round of draining', () => {
  it('that goes well doubles the next, up to sixteen at once, and goes on without a rest', async () => {
    expect(await round(2, 1)).toEqual({ tried: 1, next: 2, rest: 0 });
    expect(await round(2, 8)).toEqual({ tried: 2, next: 16, rest: 0 });
    expect(await round(2, 16)).toEqual({ tried: 2, next: 16, rest: 0 });
  });

  it.each<[rule: string, retryAfter: number, rest: number]>([
    ['as the circuit says', 700, 700],
    ['a moment when the circuit may admit at once', 1, 50],
    ['a second at most, because a probe of somebody else may close the circuit', 30_000, 1_000],
    ['a second when an operator isolated the circuit', Number.POSITIVE_INFINITY, 1_000],
  ])('refused by the circuit goes on with one message and rests %s', async (_rule, retryAfter, rest) => {
    expect(await round(2, 2, refused(retryAfter))).toEqual({ tried: 2, next: 1, rest });
  });

  it('that fails goes on with one message and rests a second', async () => {
    expect(await round(1, 8, failing)).toEqual({ tried: 1, next: 1, rest: 1_000 });
  });

  it('without a database rests and does not throw', async () => {
    const { pool } = await openOutbox();
    const settings = settingsOf<Order>({ queue: 'payments', table: 'nowhere', deliver: failing });
    expect(await drainRound(new Queue(pool, settings), settings, 8)).toEqual({ tried: 0, next: 1, rest: 1_000 });
  });
});

describe('the next look', () => {
  it.each<[when: string, change: string, least: number, most: number]>([
    ['at an empty queue is after the longest wait', 'delivered_at = now()', 5_000, 5_000],
    ['is after the longest wait while nothing is due sooner', "not_before = now() + interval '1 hour'", 5_000, 5_000],
    ['is when the next message is due', "not_before = now() + interval '3 seconds'", 2_000, 3_000],
    ['is now while something is due', "not_before = now() - interval '1 second'", 0, 0],
  ])('%s', async (_when, change, least, most) => {
    const { pool, table, outbox } = await openOutbox();
    await outbox.add({ order: 'A-1' });
    await pool.query(`update ${table} set ${change}`);
    const settings = settingsOf<Order>({ queue: 'payments', table, deliver: failing });
    const wait = await new Queue(pool, settings).untilDue();
    expect(wait).toBeGreaterThanOrEqual(least);
    expect(wait).toBeLessThanOrEqual(most);
  });
});
