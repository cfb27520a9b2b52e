import { expect, it } from 'vitest';
import { seededRandom } from '../servers/random/seeded-random.ts';

const first = (seed: number): number[] => Array.from({ length: 3 }, seededRandom(seed).next);

it('the same seed gives the same numbers, and another seed gives others from the first on', () => {
  expect(first(7)).toEqual(first(7));
  expect(new Set([1, 2, 3, 4, 5].map((seed) => first(seed)[0]?.toFixed(2))).size).toBe(5);
});

it('numbers are spread evenly from 0 up to the limit', () => {
  const random = seededRandom(1);
  const counts = new Map<number, number>();
  for (let i = 0; i < 10_000; i++) {
    const drawn = random.pick([0, 1, 2, 3]) * 10 + random.below(10);
    counts.set(drawn, (counts.get(drawn) ?? 0) + 1);
  }
  expect(Math.min(...counts.keys())).toBe(0);
  expect(Math.max(...counts.keys())).toBe(39);
  expect(Math.min(...counts.values())).toBeGreaterThan(170);
});
