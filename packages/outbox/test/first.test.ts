import { CircuitOpenError } from '@switchgear/core';
import { describe, expect, it } from 'vitest';
import { drainUntil, openOutbox } from './setup/open-outbox.ts';

describe('an attempt is the first', () => {
  it('until something was sent: a refusal sends nothing', async () => {
    const firsts: boolean[] = [];
    const { outbox } = await openOutbox({
      retryIn: () => 1,
      deliver: async ({ isFirst }) => {
        firsts.push(isFirst);
        if (firsts.length < 3) throw new CircuitOpenError('payments', 1, { rule: 'failureRate', at: 0 });
        if (firsts.length < 5) throw new Error('timeout');
      },
    });
    await outbox.add({ order: 'A-1' });
    await drainUntil(outbox, async () => (await outbox.counts()).delivered === 1);
    expect(firsts).toEqual([true, true, true, false, false]);
  });

  it('no more after one that was refused, once an earlier one failed', async () => {
    const firsts: boolean[] = [];
    const { outbox } = await openOutbox({
      retryIn: () => 1,
      deliver: async ({ isFirst }) => {
        firsts.push(isFirst);
        if (firsts.length === 1) throw new Error('timeout');
        if (firsts.length < 4) throw new CircuitOpenError('payments', 1, { rule: 'failureRate', at: 0 });
      },
    });
    await outbox.add({ order: 'A-1' });
    await drainUntil(outbox, async () => (await outbox.counts()).delivered === 1);
    expect(firsts).toEqual([true, false, false, false]);
  });

  it('no longer after its process crashed, nor when an operator puts the message back', async () => {
    const firsts: boolean[] = [];
    const { pool, table, outbox } = await openOutbox({
      attempts: 2,
      retryIn: () => 1,
      deliver: async ({ isFirst }) => {
        firsts.push(isFirst);
        if (firsts.length === 1) throw new Error('timeout');
      },
    });
    await outbox.add({ order: 'A-1' }, { key: 'one', claim: true });
    await pool.query(`update ${table} set not_before = now()`);
    await drainUntil(outbox, async () => (await outbox.counts()).setAside === 1);
    await outbox.retry('one');
    await drainUntil(outbox, async () => (await outbox.counts()).delivered === 1);
    expect(firsts).toEqual([false, false]);
  });
});
