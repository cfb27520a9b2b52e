import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bucket, Buckets } from '../src/history/buckets.ts';

const call = fc.record({
  wait: fc.constantFrom(0, 1, 250, 999, 1_000, 1_001, 4_000, 60_000),
  kind: fc.constantFrom('succeeded', 'failed', 'refused'),
  slow: fc.boolean(),
  duration: fc.option(fc.integer({ min: 0, max: 5_000 }), { nil: undefined }),
});

describe('buckets', () => {
  it('agree with a list of everything that happened, over any history with any idle gaps', () => {
    fc.assert(
      fc.property(fc.array(call, { maxLength: 60 }), (calls) => {
        const buckets = new Buckets(1_000, 5);
        const list: (typeof calls)[number][] = [];
        const times: number[] = [];
        let now = 1_700_000_000_123;
        for (const each of calls) {
          now += each.wait;
          list.push(each);
          times.push(now);
          if (each.kind === 'refused') buckets.addRefusal(now);
          else buckets.addCall(now, each.kind === 'failed', each.slow, each.duration);
        }
        expect(buckets.between(0, now)).toEqual(expected(list, times, now));
      }),
    );
  });

  it('hold nothing of what is older than they are long', () => {
    const buckets = new Buckets(1_000, 3);
    buckets.addRefusal(10_000);
    expect(buckets.between(0, 12_999)).toHaveLength(1);
    expect(buckets.between(0, 13_000)).toEqual([]);
  });

  function expected(
    calls: readonly { kind: string; slow: boolean; duration: number | undefined }[],
    times: readonly number[],
    now: number,
  ): Bucket[] {
    const last = Math.floor(now / 1_000);
    const found: Bucket[] = [];
    for (let slice = last - 4; slice <= last; slice++) {
      const within = calls.filter((_, index) => Math.floor((times[index] as number) / 1_000) === slice);
      if (within.length === 0) continue;
      const settled = within.filter(({ kind }) => kind !== 'refused');
      const durations = settled.flatMap(({ duration }) => duration ?? []);
      found.push({
        at: slice * 1_000,
        succeeded: within.filter(({ kind }) => kind === 'succeeded').length,
        failed: within.filter(({ kind }) => kind === 'failed').length,
        refused: within.filter(({ kind }) => kind === 'refused').length,
        slow: settled.filter(({ slow }) => slow).length,
        mean: durations.length > 0 ? durations.reduce((sum, each) => sum + each, 0) / durations.length : null,
        longest: Math.max(0, ...durations),
      });
    }
    return found;
  }
});
