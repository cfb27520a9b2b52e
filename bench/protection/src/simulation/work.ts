import { exponentialDraw, type Random } from '../random/random-stream.ts';
import type { Work } from '../scenarios/scenario.ts';

/** Of the logarithm of the work. The standard deviation of the work is then 1.3 times its mean. */
const SIGMA = 1;

/** How many times as long the rare kind of call takes. */
const LONGER = 40;

/** Draws the work of a call; its mean is 1. */
export function workDraw(work: Work, random: Random): number {
  if (work === 'exponential') return exponentialDraw(random);
  if (work === 'log-normal') {
    const normal = Math.sqrt(2 * exponentialDraw(random)) * Math.cos(2 * Math.PI * random());
    return Math.exp(SIGMA * normal - SIGMA ** 2 / 2);
  }
  const { rare } = work;
  return (random() < rare ? LONGER : 1) / (1 - rare + rare * LONGER);
}
