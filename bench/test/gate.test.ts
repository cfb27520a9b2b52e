import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type Budgets, judge, movements } from '../src/gate/budgets.ts';
import { breakers, calls } from '../src/gate/kinds.ts';

const budgets: Budgets = { node: 'v1', counts: [{ what: 'a call', bytes: 100, instructions: 1_000 }] };
const counted = (bytes: number, instructions?: number) => [
  { what: 'a call', bytes, ...(instructions !== undefined && { instructions }) },
];

it('counts pass up to the spare over their budget and fail above it', () => {
  expect(judge(budgets, counted(104, 1_030)).failures).toEqual([]);
  expect(judge(budgets, counted(105, 1_031)).failures).toEqual([
    'a call: 105 bytes, budget 100, +5 (5.0 %)',
    'a call: 1031 instructions, budget 1000, +31 (3.1 %)',
  ]);
});

it('counts far under their budget are gains to approve, because the difference could be spent unseen', () => {
  expect(judge(budgets, counted(96, 970)).gains).toEqual([]);
  expect(judge(budgets, counted(95, 969)).gains).toEqual([
    'a call: 95 bytes, budget 100, -5 (-5.0 %)',
    'a call: 969 instructions, budget 1000, -31 (-3.1 %)',
  ]);
});

it('what has no budget fails, and what could not be counted is not judged', () => {
  expect(judge(budgets, [{ what: 'another', bytes: 1 }]).failures).toEqual(['another: 1 bytes, and no budget']);
  expect(judge(budgets, counted(100)).failures).toEqual([]);
});

it('an approval says by how much each budget moves', () => {
  expect(movements(budgets, [...counted(110, 1_000), { what: 'another', bytes: 7 }])).toEqual([
    'a call: bytes 100 -> 110, +10 (10.0 %)',
    'a call: instructions 1000 -> 1000, stays',
    'another: bytes none -> 7, new',
  ]);
});

it('every kind has a budget and every budget a kind', () => {
  const approved = JSON.parse(readFileSync(new URL('../gate-budgets.json', import.meta.url), 'utf8')) as Budgets;
  const kinds = [
    ...Object.keys(calls),
    ...Object.keys(breakers).flatMap((kind) => [`${kind}, idle`, `${kind}, at work`]),
  ];
  expect(approved.counts.map(({ what }) => what)).toEqual(kinds);
  const withoutInstructions = approved.counts.filter(({ what, instructions }) => what in calls && !instructions);
  expect(withoutInstructions).toEqual([]);
});

it.each(Object.entries(calls))('%s can be made again and again', async (_kind, make) => {
  const loop = await make();
  await expect(Promise.resolve(loop(30))).resolves.toBeUndefined();
});

it.each(Object.entries(breakers))('%s serves calls', async (_kind, make) => {
  const made = make();
  await expect(made(-1).run(async () => 1)).resolves.toBe(1);
  expect(made(0).state).toBe('closed');
});
