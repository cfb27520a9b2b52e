import { describe, expect, it } from 'vitest';
import { adaptive } from '../../src/index.ts';
import { deferred, observed } from '../breaker/breakers.ts';
import { Chance } from '../proofs/soak/chance.ts';
import { World, type WorldOptions } from './world.ts';

const SEEDS = [1, 2, 3];

/** A service that is called twenty times a second between the bursts, and works on this many calls at once, 20 ms each. */
const serving = (workers: number, options: Partial<WorldOptions>) =>
  new World({ rate: 20, timeLimit: 30_000, health: () => ({ workers, takes: 20 }), ...options });

/** Makes this many calls at once every few seconds: first one job, and the others once that is done. */
function jobs(world: World, every: number, ...calls: readonly number[]): void {
  const begin = ([first, ...others]: readonly number[]): void => {
    if (first !== undefined) world.burst(first, () => begin(others));
  };
  for (let second = 10; second < 200; second += every) world.at(second, () => begin(calls));
}

describe('a burst in one synchronous block is no outage', () => {
  it.each([100, 1_000, 10_000])(
    '%d calls after quick ones: none is refused, though no answer can come back',
    async (calls) => {
      const { breaker, clock, moves } = observed({ ...adaptive() }, 0);
      for (let call = 0; call < 500; call++) {
        const { promise, resolve } = deferred<string>();
        const running = breaker.run(() => promise);
        clock.advance(1);
        resolve('quick');
        await running;
      }
      const { promise, resolve } = deferred<string>();
      const results = Array.from({ length: calls }, () => {
        // To start them all takes 149 ms.
        clock.advance(149 / calls);
        return breaker.run(() => promise);
      });
      resolve('fine');
      expect(new Set(await Promise.all(results))).toEqual(new Set(['fine']));
      expect(moves()).toEqual([]);
    },
  );
});

describe.each(SEEDS)('of healthy bursts no call is refused, seed %d', (seed) => {
  it.each([
    ['300 calls at once over 10 slots of our own', 10, 5, [300]],
    ['1,000 and at once another 1,000', 50, 10, [1_000, 1_000]],
    ['jobs of 2,000 calls', 50, 10, [2_000]],
    ['jobs of 200 calls at a busy service', 4, 5, [200]],
  ])('%s', (_what, workers, every, calls) => {
    const world = serving(workers, { seed });
    jobs(world, every, ...calls);
    const { refused, failed, useful } = world.until(200);
    expect({ refused, failed, moves: world.story() }).toEqual({ refused: 0, failed: 0, moves: [] });
    expect(useful).toBeGreaterThan(5_000);
  });

  it('jobs of 2,000 calls with nothing between them', () => {
    const world = serving(50, { seed, rate: 0.1 });
    jobs(world, 10, 2_000);
    expect(world.until(200)).toMatchObject({ refused: 0, failed: 0 });
    expect(world.story()).toEqual([]);
  });
});

describe.each(SEEDS)('an event loop that stalls for 400 ms every 1.5 s, seed %d', (seed) => {
  it.each([
    [50, 5],
    [200, 20],
  ])('refuses none of %d calls a second to %d slots', (rate, workers) => {
    const block = (at: number): number => (at % 1_500 < 400 ? at - (at % 1_500) + 400 : at);
    const world = serving(workers, { seed, rate, block, timeLimit: 1_000 });
    expect(world.until(200)).toMatchObject({ refused: 0, failed: 0 });
    expect(world.story()).toEqual([]);
  });
});

describe('a busy queue of a healthy service', () => {
  it('is no overload: three quarters of four workers busy, half an hour', () => {
    const world = new World({ rate: 60, timeLimit: 60_000, health: () => ({ workers: 4, takes: 50 }) });
    expect(world.until(1_800)).toMatchObject({ refused: 0, failed: 0 });
    expect(world.story()).toEqual([]);
  });

  it('is no overload if one call of some forty takes forty times as long as the others', () => {
    const chance = new Chance(7);
    const health = () => ({ workers: 20, takes: chance.once(41) ? 400 : 10, isEven: true });
    const world = new World({ rate: 500, timeLimit: 60_000, health });
    expect(world.until(240)).toMatchObject({ refused: 0, failed: 0 });
    expect(world.story()).toEqual([]);
  });
});
