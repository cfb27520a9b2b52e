import { type Breaker, countWindow, failureRate, timeWindow } from '@switchgear/core';
import { describe, expect, it } from 'vitest';
import { down, fine, scene } from './scene.ts';

/** The shortest of many measurements: other work of the machine only makes one longer. */
async function shortest(breaker: Breaker, call: (breaker: Breaker) => Promise<unknown>): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 500; i++) {
    const start = performance.now();
    await call(breaker);
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

async function filled(window: ReturnType<typeof countWindow>, calls: number): Promise<Breaker> {
  const { breaker } = scene({ openWhen: failureRate(1), window });
  for (let i = 0; i < calls; i++) breaker.record('success');
  await breaker.run(fine);
  return breaker;
}

/** The peers' programs show factors over a hundred; the machine's noise alone can cause a factor of a few. */
const SAME = 10;

describe('the cost of a call', () => {
  it('that fails does not grow with the calls in the window', async () => {
    const few = await shortest(await filled(timeWindow(600_000), 100), down);
    const many = await shortest(await filled(timeWindow(600_000), 200_000), down);
    expect(many).toBeLessThan(few * SAME);
  });

  it('that succeeds does not grow with the size of the window', async () => {
    const small = await shortest(await filled(countWindow(10), 6_000), (breaker) => breaker.run(fine));
    const large = await shortest(await filled(countWindow(5_000), 6_000), (breaker) => breaker.run(fine));
    expect(large).toBeLessThan(small * SAME);
  });
});
