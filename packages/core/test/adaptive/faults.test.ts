import { describe, expect, it } from 'vitest';
import type { Health } from './server.ts';
import { World, type WorldOptions } from './world.ts';

const SEEDS = [1, 2, 3];

/** A service that bears more than it is asked for, and takes 20 ms for each call. */
const well: Health = { workers: 1_000, takes: 20 };

/** Well but for the seconds between these. */
const between = (from: number, to: number, fault: Partial<Health>) => (at: number) =>
  at >= from * 1_000 && at < to * 1_000 ? { ...well, ...fault } : well;

/** The same world with a breaker and without one. */
function both(options: WorldOptions): { readonly world: World; readonly bare: World } {
  return { world: new World(options), bare: new World({ ...options, breaker: 'none' }) };
}

describe.each(SEEDS)('with the chances of seed %d, in a crash', (seed) => {
  it('it opens within a few calls, probes seldom, and is back within two seconds', () => {
    const world = new World({ rate: 50, seed, health: between(20, 50, { fails: 1 }) });
    world.until(20);
    expect(world.moves()).toEqual([]);
    const { failed, offered } = world.until(50);
    expect(world.delay('open', 20)).toBeLessThan(300);
    expect(failed / offered).toBeLessThan(0.06);
    world.until(60);
    expect(world.moves(50).at(-1)).toMatchObject({ to: 'closed' });
    expect((world.moves(50).at(-1)?.at ?? Infinity) - 50_000).toBeLessThan(4_000);
    expect(world.breaker?.metrics().errors).toBe(0);
  });
});

describe('a hang', () => {
  it.each([
    [50, 4, 1_000, 500],
    [50, 4, 10_000, 500],
    // No sooner than the 150 ms in which a synchronous block may keep answers from coming back.
    [2_000, 1, 1_000, 200],
    [2_000, 1, 10_000, 200],
  ])('at %d calls a second, from second %d, is seen by silence alone: time limit %d ms, seen within %d', (...hang) => {
    const [rate, from, timeLimit, within] = hang;
    const world = new World({ rate, timeLimit, health: between(from, from + 1, { hangs: true }) });
    world.until(from);
    expect(world.moves()).toEqual([]);
    // It did not wait for a single call to fail.
    expect(world.until(from + 0.6).failed).toBe(0);
    expect(world.delay('open', from)).toBeLessThan(within);
    expect(world.moves()[0]?.because).toMatchObject({ rule: 'silence' });
    expect(world.story()[0]).toMatch(/no answer for \d+ ms to \d+ calls; normally one takes/);
    world.until(from + 6);
    expect(world.breaker?.state).toBe('closed');
  });
});

describe('a brownout', () => {
  it.each(SEEDS)('leaves more useful answers than no breaker: most of what the service can do, seed %d', (seed) => {
    // Four workers at 70 ms each do 57 calls a second; then they take 230 ms and do 17.
    const health = (at: number): Health => ({ workers: 4, takes: at >= 20_000 && at < 50_000 ? 230 : 70 });
    const { world, bare } = both({ rate: 50, seed, health });
    for (const each of [world, bare]) each.until(20);
    const [helped, left] = [world.until(50), bare.until(50)];
    const possible = 30 * (4 / 0.23);
    expect(left.useful / possible).toBeLessThan(0.15);
    expect(helped.useful / possible).toBeGreaterThan(0.6);
    // And it ends when the trigger ends; without a breaker the queue of abandoned work goes on.
    const [after, behind] = [world.until(60), bare.until(60)];
    expect(after.useful / after.offered).toBeGreaterThan(0.8);
    expect(behind.useful).toBeLessThan(after.useful / 2);
    expect(world.breaker?.state).toBe('closed');
  });
});

describe('a cold cache', () => {
  // After the outage each call takes five times as long, and less so over twenty seconds: 16 a second at first, then 80.
  const cold = (at: number): number => 1 + 4 * Math.max(0, 1 - (at - 40_000) / 20_000);
  const health = (at: number): Health => {
    if (at < 20_000) return { workers: 4, takes: 50 };
    return at < 40_000 ? { workers: 4, takes: 50, fails: 1 } : { workers: 4, takes: 50 * cold(at) };
  };

  it.each(SEEDS)('is filled without a second outage, seed %d', (seed) => {
    const { world, bare } = both({ rate: 50, seed, health });
    for (const each of [world, bare]) each.until(40);
    const [helped, left] = [world.until(60), bare.until(60)];
    expect(helped.useful).toBeGreaterThan(3 * left.useful);
    world.until(80);
    expect(world.breaker?.state).toBe('closed');
  });

  it('has at its peak a few times as many calls as it has room for, over forty seeds', () => {
    const peaks = Array.from({ length: 40 }, (_, index) => {
      const world = new World({ rate: 50, seed: index + 1, health });
      world.until(40);
      world.server.peak = 0;
      world.until(60);
      return world.server.peak;
    });
    // Four are worked on, and without a breaker some 400 are there. More than four are tried again and again, because a
    // client cannot tell a cold cache from a service that is slower for good: 24 are there on average, at worst 37.
    expect(peaks.reduce((sum, peak) => sum + peak) / peaks.length).toBeLessThan(24.5);
    expect(Math.max(...peaks)).toBeLessThan(40);
  });
});

describe('flapping', () => {
  it('opens faster the second time: two failures are enough right after an outage', () => {
    const health = (at: number): Health => ({
      ...well,
      fails: at > 20_000 && at % 6_000 < 3_000 && at < 80_000 ? 1 : 0,
    });
    const world = new World({ rate: 50, health, seed: 4 });
    world.until(90);
    const openings = world.moves().filter(({ from, to }) => from === 'closed' && to === 'open');
    expect(openings.length).toBeGreaterThan(4);
    const [first, ...later] = openings.map(({ because }) => because?.evidence?.['failures'] ?? 0);
    expect(first).toBeGreaterThanOrEqual(3);
    expect(Math.min(...later)).toBe(2);
    expect(world.breaker?.state).toBe('closed');
  });
});

describe('slow but healthy', () => {
  it('eight times the latency refuses no call: eight times as many are under way, and no more', () => {
    const health = (at: number): Health => ({ workers: 1_000, takes: at < 20_000 ? 20 : 160 });
    for (const seed of [...SEEDS, 4, 5, 6]) {
      const world = new World({ rate: 50, timeLimit: 5_000, health, seed });
      expect(world.until(140).refused).toBe(0);
      expect(world.moves()).toEqual([]);
    }
  });

  it('twenty times the latency is limited until all that come are served, and then becomes normal', () => {
    const health = (at: number): Health => ({ workers: 1_000, takes: at < 20_000 ? 20 : 400 });
    const refused: number[] = [];
    for (const seed of [...SEEDS, 4, 5, 6]) {
      const world = new World({ rate: 50, timeLimit: 10_000, health, seed });
      world.until(20);
      const first = world.until(80);
      refused.push(first.refused / first.offered);
      world.until(140);
      expect(world.moves().map(({ because }) => because?.rule)).toEqual(['overload', 'slowerNow']);
      // It has been accepted for what it is.
      expect(world.until(200).refused).toBe(0);
    }
    expect(refused.reduce((sum, share) => sum + share) / refused.length).toBeLessThan(0.2);
  });
});

describe('failures as always', () => {
  it.each([0.02, 0.1, 0.2])('of a share of %d do not move the circuit', (fails) => {
    const world = new World({ rate: 50, health: () => ({ ...well, fails }), seed: 6 });
    world.until(600);
    expect(world.moves()).toEqual([]);
  });

  it('one dead shard of four does not open it: three of four calls succeed', () => {
    const world = new World({ rate: 50, health: between(20, 80, { fails: 0.25 }), seed: 6 });
    world.until(90);
    expect(world.moves()).toEqual([]);
  });
});
