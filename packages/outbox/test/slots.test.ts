import { CircuitOpenError } from '@switchgear/core';
import { describe, expect, it } from 'vitest';
import { drainUntil, openOutbox } from './setup/open-outbox.ts';

const refusal = (): CircuitOpenError => new CircuitOpenError('payments', 1, { rule: 'failureRate', at: 0 });
const never = (): Promise<never> => new Promise(() => undefined);

describe('of 300 messages', () => {
  it('the 268 good ones wait neither for the 30 that fail, nor for one that takes long, nor for one that never ends', async () => {
    const good: number[] = [];
    let slowIsDone = (): void => undefined;
    const slow = new Promise<void>((resolve) => {
      slowIsDone = resolve;
    });
    let slowCame = 0;
    const { pool, outbox, table } = await openOutbox({
      stopTimeout: 0,
      deliver: async ({ payload }) => {
        const index = Number(payload.order);
        if (index === 0) await never();
        if (index === 1) {
          await slow;
          slowCame = good.length;
        } else if (index % 10 === 5) throw new Error('its own fault');
        else good.push(index);
      },
    });
    await pool.query(
      `insert into ${table} (queue, payload, not_before)
       select 'payments', jsonb_build_object('order', i::text), now() - (300 - i) * interval '1 ms' from generate_series(0, 299) as i`,
    );
    await drainUntil(outbox, async () => {
      if (good.length === 268) slowIsDone();
      return (await outbox.counts()).delivered === 269;
    });
    expect(slowCame).toBe(268);
    expect(new Set(good).size).toBe(268);
    expect(await outbox.counts()).toEqual({ waiting: 31, delivered: 269, setAside: 0 });
  });
});

describe('a queue that is drained one at a time', () => {
  it('continues after a delivery that never ends, and tries it again once its lease has expired', async () => {
    const tried: string[] = [];
    const { outbox } = await openOutbox({
      concurrent: 1,
      lease: 400,
      retryIn: () => 1,
      stopTimeout: 0,
      deliver: async ({ payload, attempt }) => {
        tried.push(`${payload.order}/${attempt}`);
        if (payload.order === 'hangs' && attempt === 1) await never();
      },
    });
    await outbox.add({ order: 'hangs' });
    await outbox.add({ order: 'A-1' });
    await drainUntil(outbox, async () => (await outbox.counts()).delivered === 2);
    expect(tried).toEqual(['hangs/1', 'A-1/1', 'hangs/2']);
  });
});

describe('an attempt is made', () => {
  it.each<[what: string, error: () => unknown, attempts: number]>([
    ['no attempt: a refusal', refusal, 0],
    ['no attempt: a refusal behind an error', () => new Error('failed', { cause: refusal() }), 0],
    ['no attempt: several refusals', () => new AggregateError([refusal(), refusal()]), 0],
    ['one: a refusal beside a failure', () => new AggregateError([refusal(), new Error('timeout')]), 1],
    ['one: a failure beside a refusal', () => new AggregateError([new Error('timeout'), refusal()]), 1],
    ['one: a failure', () => new Error('timeout'), 1],
  ])('%s', async (_what, error, attempts) => {
    const { pool, table, outbox } = await openOutbox({ deliver: () => Promise.reject(error()) });
    const message = await outbox.add({ order: 'A-1' }, { claim: true });
    await outbox.attempt(message!);
    expect((await pool.query(`select attempts from ${table}`)).rows).toEqual([{ attempts }]);
  });
});
