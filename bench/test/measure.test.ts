import { expect, it } from 'vitest';
import { goals } from '../src/goals/goals.ts';
import { judgeGoals } from '../src/goals/judge.ts';
import { bytesOf } from '../src/measure/heap.ts';
import { QUICK, THOROUGH } from '../src/measure/pace.ts';
import { measureRounds, overOf, type Rounds, timesOf } from '../src/measure/rounds.ts';
import { spreadOf } from '../src/measure/spread.ts';
import { formatCell } from '../src/report/text-table.ts';

const rounds: Rounds = new Map([
  ['base', [10, 20, 10]],
  ['other', [15, 26, 13]],
]);

it('a spread has the middle and the middle half, whatever the order', () => {
  expect(spreadOf([5, 1, 4, 2, 3])).toEqual({ median: 3, q1: 2, q3: 4 });
  expect(() => spreadOf([])).toThrow('nothing was measured');
});

it('differences and ratios are taken within each round', () => {
  expect(overOf(rounds, 'other', 'base').median).toBe(5);
  expect(timesOf(rounds, 'other', 'base').median).toBe(1.3);
  expect(() => overOf(rounds, 'other', 'absent')).toThrow('absent was not measured');
});

it('every runner is measured in every round', async () => {
  const calls: string[] = [];
  const runner = (name: string) => ({ name, calls: 7, loop: (n: number) => void calls.push(`${name} ${n}`) });
  const measured = await measureRounds([runner('a'), runner('b')], QUICK);
  expect([...measured].map(([name, times]) => [name, times.length])).toEqual([
    ['a', QUICK.rounds],
    ['b', QUICK.rounds],
  ]);
  expect(calls.filter((each) => each === 'a 7')).toHaveLength(QUICK.rounds + QUICK.warmUp);
});

it('a list of a thousand numbers holds about eight thousand bytes', async () => {
  const { idle } = await bytesOf(() => new Float64Array(1_000).fill(1.5).join().split(',').map(Number), 50, THOROUGH);
  expect(idle).toBeGreaterThan(4_000);
  expect(idle).toBeLessThan(20_000);
});

it('a goal is met at its limit and missed above it', () => {
  const [goal] = goals;
  const judged = (share: number) => judgeGoals({ 'closed/switchgear, exact clock: share': share })[0];
  expect(judged(0.72)).toMatchObject({ goal, met: true, measured: 0.72 });
  expect(judged(0.721)).toMatchObject({ met: false });
});

it('a time is scaled to the machine for which its goal was set, a ratio is not', () => {
  const judged = judgeGoals({
    'closed/bare': 50,
    'open/switchgear, coarse clock: shallow': 1_000,
    'closed/switchgear, exact clock: share': 0.7,
  });
  expect(judged.map(({ scaled }) => scaled)).toEqual([0.7, 500]);
});

it('numbers have only significant digits', () => {
  expect([0.123, 1.234, 12.34, 1234.5].map(formatCell)).toEqual(['0.12', '1.23', '12.3', '1,235']);
  expect(formatCell({ median: 5, q1: 4, q3: 6.5 })).toBe('5 (4 to 6.5)');
});
