import { expect, it } from 'vitest';
import { percentile, RECENT_MS, recentAnswersOf } from '../src/demo/measure/answers.ts';

const at = 100_000;
const answered = (ago: number, took: number) => ({
  reference: 'a',
  answer: 'queued' as const,
  isDegraded: false,
  scheduledAt: at - ago - took,
  answeredAt: at - ago,
});

it('recent answers are those of the last seconds, whenever their customers came', () => {
  const records = [answered(RECENT_MS, 10), answered(RECENT_MS - 1, 20), answered(0, 9_000)];
  expect(recentAnswersOf(records, at)).toEqual({
    answers: { confirmed: 0, queued: 2, refused: 0, failed: 0 },
    p50Ms: 20,
    p99Ms: 9_000,
  });
});

it('without recent answers there is no waiting time', () => {
  expect(recentAnswersOf([answered(RECENT_MS, 10)], at)).toMatchObject({ p50Ms: null, p99Ms: null });
});

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
