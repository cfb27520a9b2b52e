import { expect, it } from 'vitest';
import type { Figures } from '../src/demo/figures.ts';
import { promisesOf } from '../src/demo/promises.ts';
import { someFigures } from './some-figures.ts';

const without: Figures = { ...someFigures, callsToDeadService: 100, lost: 3, chargedTwice: 3 };

const broken = (change: Partial<Figures>) =>
  promisesOf({ without, with: { ...someFigures, ...change } }).filter(({ kept }) => !kept).length;

it.each<[rule: string, change: Partial<Figures>, broken: number]>([
  ['all are kept at their limits', {}, 0],
  ['one lost order breaks one', { lost: 1 }, 1],
  ['one customer charged twice breaks one', { chargedTwice: 1 }, 1],
  ['one queued payment not made breaks one', { drained: 399 }, 1],
  ['a call more than a tenth breaks one', { callsToDeadService: 11 }, 1],
  ['a millisecond more than a second breaks one', { outageP99Ms: 1_001 }, 1],
  ['an outage nobody came to breaks one', { outageP99Ms: null }, 1],
])('promises: %s', (_rule, change, count) => {
  expect(broken(change)).toBe(count);
});
