import { expect, it } from 'vitest';
import { percentile } from '../src/demo/percentile.ts';

const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);

it.each<[rule: string, values: readonly number[], share: number, expected: number | null]>([
  ['the median of one value is the value', [7], 0.5, 7],
  ['the median of two values is the smaller', [9, 1], 0.5, 1],
  ['99 of 100 values do not exceed the 99th percentile', hundred, 0.99, 99],
  ['a share just above reaches for the next value', hundred, 0.991, 100],
  ['the whole is the largest value', hundred, 1, 100],
  ['nothing has no percentile', [], 0.5, null],
])('%s', (_rule, values, share, expected) => {
  expect(percentile(values, share)).toBe(expected);
});

it('a percentile leaves the values in their order', () => {
  const values = [3, 1, 2];
  percentile(values, 0.5);
  expect(values).toEqual([3, 1, 2]);
});
