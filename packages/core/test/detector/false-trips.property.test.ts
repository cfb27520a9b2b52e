import { expect, it } from 'vitest';
import { Chance } from '../proofs/soak/chance.ts';
import { TIMES } from '../properties/holds.ts';
import { Stream, startTest, vitalsOf } from './stream.ts';

const CALLS = 1_000_000 * TIMES;

const seed = Number(process.env['PROOF_SEED'] ?? 11);

it.each([
  [0.0002, 0.001],
  [0.0002, 0.1],
  [0.05, 0.001],
  [0.05, 0.02],
  [0.05, 0.05],
  [0.05, 0.1],
  [0.05, 0.2],
  [2, 0.02],
  [2, 0.2],
])(
  'at %d calls a millisecond, of which always the share of %d fails, it opens as seldom as promised',
  (rate, share) => {
    const test = startTest({}, vitalsOf(rate));
    const stream = new Stream(test, new Chance(seed), rate);
    let opened = 0;
    for (let left = CALLS; left > 0; left -= stream.callsToVerdict(share, left)) {
      if (left < CALLS) opened++;
      test.clear(0);
    }
    // Once in a million calls, or in those of a day: at 50 calls a second and more, not once in this million.
    expect(opened * Math.max(1e6, rate * 86_400_000)).toBeLessThanOrEqual(CALLS);
  },
);

it('a new breaker accepts it as normal if a tenth of the calls fail', () => {
  const chance = new Chance(seed);
  let opened = 0;
  for (let life = 0; life < 1_000; life++) {
    const stream = new Stream(startTest({}, vitalsOf(0.05)), chance, 0.05);
    if (stream.callsToVerdict(0.1, 500) < Infinity) opened++;
  }
  expect(opened).toBeLessThan(10);
});
