import { describe, expect, it } from 'vitest';
import { delayOf } from '../src/detection/delay.ts';
import { falseTripsOf } from '../src/detection/detections.ts';
import { optimumOf } from '../src/detection/optimum.ts';
import { policyOf } from '../src/policies/all-policies.ts';

const MILLION = 1e6;

/**
 * Of the study that the goals come from: solved on a coarser grid. By normal share of failures, for 100, 90, 75, 60
 * and 50 % afterwards.
 */
const STUDY: readonly (readonly [normal: number, ...delays: number[]])[] = [
  [0.001, 2.0, 2.3, 4.0, 5.0, 6.0],
  [0.005, 3.0, 3.3, 4.1, 5.3, 6.7],
  [0.01, 3.0, 3.6, 5.4, 6.8, 8.3],
  [0.02, 4.0, 4.5, 5.7, 7.7, 10.1],
  [0.05, 5.0, 6.0, 8.0, 11.6, 15.4],
  [0.1, 6.0, 8.6, 11.2, 16.9, 23.6],
];
const CHANGED = [1, 0.9, 0.75, 0.6, 0.5];
const cells = STUDY.flatMap(([normal, ...delays]) =>
  delays.map((delay, i) => [normal, CHANGED[i] as number, delay] as const),
);

/** Two and three in a row are a million calls apart to within a thousandth: which side the grid falls on is chance. */
const ON_THE_EDGE = new Set(['0.001 0.9', '0.01 0.9']);

describe('the exact optimum', () => {
  it.each(cells.filter(([normal, changed]) => !ON_THE_EDGE.has(`${normal} ${changed}`)))(
    'from %f to %f is %f calls, as the study found',
    (normal, changed, delay) => {
      expect(optimumOf(normal, changed, MILLION).delay / delay).toBeGreaterThan(0.955);
      expect(optimumOf(normal, changed, MILLION).delay / delay).toBeLessThan(1.02);
    },
  );

  it.each([0.001, 0.01, 0.05, 0.1])('for all calls failing is a run of failures, at %f of them normally', (normal) => {
    const apart = (run: number): number => (1 - normal ** run) / ((1 - normal) * normal ** run);
    const { delay, between } = optimumOf(normal, 1, MILLION);
    expect(between / apart(delay)).toBeCloseTo(1, 6);
    expect(apart(delay)).toBeGreaterThanOrEqual(MILLION);
    expect(apart(delay - 1)).toBeLessThan(MILLION);
  });

  it('has no more false alarms than were asked for, and a longer delay for fewer', () => {
    const [some, few] = [1e4, 1e8].map((least) => optimumOf(0.02, 0.5, least));
    expect(some?.between).toBeGreaterThanOrEqual(1e4);
    expect(few?.between).toBeGreaterThanOrEqual(1e8);
    expect(few?.delay).toBeGreaterThan(some?.delay as number);
  });
});

describe('a delay', () => {
  const change = { rate: 50, normal: 0.001, changed: 1, seed: 4, effort: 0.05 };

  it('of five failures in a row is five calls', async () => {
    expect((await delayOf(policyOf('cockatiel consecutive'), change)).calls).toBeCloseTo(5, 0);
  });

  it('of resilience4j is half of its hundred calls', async () => {
    expect((await delayOf(policyOf('resilience4j'), change)).calls).toBeCloseTo(50, -1);
  });

  it('of the algorithm of adaptive mode is between the optimum and twice that', async () => {
    const best = optimumOf(0.001, 1, MILLION).delay;
    for (const name of ['reference', 'default']) {
      const { calls } = await delayOf(policyOf(name), change);
      expect(calls).toBeGreaterThanOrEqual(best);
      expect(calls).toBeLessThan(2 * best);
    }
  });

  it('of a policy that never refuses is infinite', async () => {
    expect(await delayOf(policyOf('none'), change)).toMatchObject({ calls: Number.POSITIVE_INFINITY });
  });
});

describe('false trips', () => {
  it('are many where a fifth of five calls or more opens and a fifth fail, and none in adaptive mode', () => {
    expect(falseTripsOf(policyOf('microservice'), 50, 0.2, 100_000, 1)).toBeGreaterThan(10);
    expect(falseTripsOf(policyOf('default'), 50, 0.1, 100_000, 1)).toBe(0);
    expect(falseTripsOf(policyOf('reference'), 50, 0.1, 100_000, 1)).toBe(0);
  });
});
