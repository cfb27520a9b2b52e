import { expect, it } from 'vitest';
import { LATELY, latelyOf } from '../src/desk/lately.ts';

const at = 100_000;
const answered = (ago: number, took: number) => ({
  reference: 'a',
  answer: 'queued' as const,
  isDegraded: false,
  scheduledAt: at - ago - took,
  answeredAt: at - ago,
});

it('lately are those answered in the last seconds, whenever they came', () => {
  const records = [answered(LATELY, 10), answered(LATELY - 1, 20), answered(0, 9_000)];
  expect(latelyOf(records, at)).toEqual({
    answers: { confirmed: 0, queued: 2, refused: 0, failed: 0 },
    halfMs: 20,
    mostMs: 9_000,
  });
});

it('nobody answered lately has waited no time that could be told', () => {
  expect(latelyOf([answered(LATELY, 10)], at)).toMatchObject({ halfMs: null, mostMs: null });
});
