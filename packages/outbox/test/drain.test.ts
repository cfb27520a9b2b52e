import { describe, expect, it } from 'vitest';
import { settingsOf } from '../src/contract/settings.ts';
import { Pace } from '../src/drain/pace.ts';
import { Queue } from '../src/queue/queue.ts';
import { openOutbox } from './setup/open-outbox.ts';

/** A pace after a number of successful deliveries, one after the other. */
function paceAfter(deliveries: number, most = 16): Pace {
  const pace = new Pace(most);
  for (let index = 0; index < deliveries; index++) {
    const slot = pace.begin(0);
    pace.succeeded(slot);
    pace.end(slot);
  }
  return pace;
}

describe('the pace', () => {
  it.each<[deliveries: number, free: number]>([
    [0, 1],
    [1, 2],
    [3, 4],
    [7, 8],
    [15, 16],
    [100, 16],
  ])('after %i deliveries is %i at a time', (deliveries, free) => {
    expect(paceAfter(deliveries).free(0)).toBe(free);
  });

  it('has as many slots as are not taken, and frees each as its delivery ends', () => {
    const pace = paceAfter(3);
    const slots = [pace.begin(0), pace.begin(0), pace.begin(0), pace.begin(0)];
    expect(pace.free(0)).toBe(0);
    pace.end(slots[2]!);
    expect(pace.free(0)).toBe(1);
  });

  it('is not changed by a failure', () => {
    const pace = paceAfter(3);
    pace.end(pace.begin(0));
    expect(pace.free(0)).toBe(4);
    expect(pace.untilFree(0)).toBe(0);
  });

  it.each<[rule: string, retryAfter: number, rest: number]>([
    ['as the circuit says', 700, 700],
    ['a moment when the circuit may admit at once', 1, 50],
    ['a second at most, because a probe of another caller may close the circuit', 30_000, 1_000],
    ['a second when an operator isolated the circuit', Number.POSITIVE_INFINITY, 1_000],
    ['a second when the circuit does not say', Number.NaN, 1_000],
  ])('after a refusal rests %s, and continues with one', (_rule, retryAfter, rest) => {
    const pace = paceAfter(15);
    pace.refused(retryAfter, 5_000);
    expect(pace.free(5_000)).toBe(0);
    expect(pace.untilFree(5_000)).toBe(rest);
    expect(pace.free(5_000 + rest)).toBe(1);
  });

  it('is not raised by deliveries that were begun before the refusal', () => {
    const pace = paceAfter(7);
    const before = pace.begin(0);
    pace.refused(50, 0);
    pace.succeeded(before);
    pace.end(before);
    expect(pace.free(50)).toBe(1);
  });

  it('of one at a time is not held up by slow deliveries, up to the maximum of concurrent ones', () => {
    const pace = new Pace(2);
    pace.begin(0);
    expect(pace.free(249)).toBe(0);
    expect(pace.untilFree(200)).toBe(50);
    expect(pace.free(250)).toBe(1);
    pace.begin(250);
    expect(pace.free(10_000)).toBe(0);
    expect(pace.untilFree(10_000)).toBe(Number.POSITIVE_INFINITY);
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
    const settings = settingsOf({ queue: 'payments', table, deliver: async () => undefined });
    const wait = await new Queue(pool, settings).untilDue();
    expect(wait).toBeGreaterThanOrEqual(least);
    expect(wait).toBeLessThanOrEqual(most);
  });
});
