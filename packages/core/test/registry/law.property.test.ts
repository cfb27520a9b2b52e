import fc from 'fast-check';
import { expect, it } from 'vitest';
import { holds } from '../properties/holds.ts';
import { ACTS, Onlooker, RANKS } from './onlooker.ts';

const step = fc.record({
  key: fc.integer({ min: 0, max: 14 }).map((number) => `k${number}`),
  // Up to the edges of an opening, of what it stays after that, and of a probe; and a month.
  wait: fc.oneof(
    { weight: 5, arbitrary: fc.constant(0) },
    fc.constantFrom(1, 2_999, 3_000, 4_999, 5_000, 9_999, 10_000, 2_592_000_000),
  ),
  act: fc.oneof(
    { weight: 8, arbitrary: fc.constant<'get' | 'fail'>('get') },
    { weight: 4, arbitrary: fc.constant<'get' | 'fail'>('fail') },
    { weight: 8, arbitrary: fc.constantFrom(...ACTS) },
    fc.constant<'delete'>('delete'),
  ),
});

it('a full registry first evicts what no longer protects anything, and what is in use last', {
  timeout: 120_000,
}, () => {
  const went = new Set<string>();
  const history = fc.array(step, { maxLength: 250, size: 'max' });
  holds(
    fc.property(history, fc.integer({ min: 1, max: 12 }), (steps, max) => {
      const onlooker = new Onlooker(max);
      for (const { key, wait, act } of steps) {
        onlooker.wait(wait);
        if (act === 'delete') onlooker.delete(key);
        else onlooker.use(key, act);
        onlooker.agrees();
      }
      for (const rank of onlooker.went) went.add(rank);
    }),
    150,
  );
  // Or else it was not put to the test.
  expect([...went].sort()).toEqual([...RANKS].sort());
});
