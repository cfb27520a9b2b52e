import { describe, expect, it } from 'vitest';
import { adaptive } from '../../src/index.ts';
import { observed } from '../breaker/breakers.ts';
import { vitalsIn } from '../properties/machine.ts';
import type { Health } from './server.ts';
import { World } from './world.ts';

const well: Health = { workers: 1_000, takes: 20 };
const crash = (at: number): Health => ({ ...well, fails: at >= 20_000 && at < 30_000 ? 1 : 0 });

describe('callers who never settle their permits', () => {
  it('do not move a healthy circuit, though their calls count as under way', () => {
    const patience = (_at: number, chance: World['chance']) => (chance.once(10) ? ('forgets' as const) : 'waits');
    const world = new World({ rate: 50, health: () => well, patience });
    world.until(60);
    expect(world.moves()).toEqual([]);
    expect(world.breaker && vitalsIn(world.breaker).outstanding).toBeGreaterThan(200);
  });

  it.each([2, 5, 20])('one of %d, in every state: it opens and comes back when they are gone', (inSoMany) => {
    const patience = (at: number, chance: World['chance']) =>
      at < 40_000 && chance.once(inSoMany) ? ('forgets' as const) : 'waits';
    const world = new World({ rate: 50, health: crash, patience });
    world.until(40);
    expect(world.moves().some(({ to }) => to === 'open')).toBe(true);
    world.until(110);
    expect(world.breaker?.state).toBe('closed');
    expect(world.breaker?.metrics().errors).toBe(0);
  });

  it('all of them, so that no answer comes back: it opens on silence, and the first answer starts the recovery', () => {
    const patience = (at: number) => (at > 20_000 && at < 30_000 ? ('forgets' as const) : 'waits');
    const world = new World({ rate: 50, health: () => well, patience });
    world.until(30);
    expect(world.moves()[0]?.because).toMatchObject({ rule: 'silence' });
    world.until(45);
    expect(world.breaker?.state).toBe('closed');
  });
});

describe('callers who abort', () => {
  it.each([
    ['before an answer can come', 100, 200],
    ['at random', 15, 20],
  ])('%s, all of them, neither open nor close anything', (_when, leaves, takes) => {
    const health = () => ({ ...well, takes, isEven: true });
    const world = new World({ rate: 50, health, patience: (at) => (at < 10_000 ? 'waits' : leaves) });
    world.until(60);
    expect(world.moves()).toEqual([]);
    world.breaker?.trip(1_000);
    world.until(70);
    // Every probe is aborted, and its place goes to the next.
    expect(world.moves(60).at(-1)).toMatchObject({ to: leaves < takes ? 'half-open' : 'closed' });
    expect(world.breaker?.metrics().errors).toBe(0);
  });

  it('do not hide that a service hangs: many wait at once, and none is answered', () => {
    const health = (at: number): Health => ({ ...well, hangs: at >= 10_000 });
    const world = new World({ rate: 50, timeLimit: 60_000, health, patience: () => 2_000 });
    world.until(12);
    expect(world.moves()[0]?.because).toMatchObject({ rule: 'silence' });
  });
});

describe('evidence without a permit', () => {
  it('counts while closed but is not a call: it is neither under way nor timed', () => {
    const { breaker, clock, moves } = observed({ ...adaptive() }, 0);
    for (let call = 0; call < 200; call++) {
      clock.advance(20);
      breaker.record('success', 5_000);
    }
    expect(vitalsIn(breaker)).toMatchObject({ load: 0, outstanding: 0, unanswered: 0, latency: 0 });
    breaker.record('failure');
    clock.advance(20);
    // Two at the same moment are one event.
    breaker.record({ outcome: 'failure', kind: 'timeout' });
    breaker.record('failure');
    expect(moves()).toEqual([]);
    clock.advance(20);
    breaker.record('failure');
    expect(moves()).toEqual(['closed>open']);
    clock.advance(breaker.retryAfter);
    breaker.acquire();
    breaker.record('success');
    breaker.record('failure');
    expect(breaker.state).toBe('half-open');
    expect(vitalsIn(breaker)).toMatchObject({ load: 1, outstanding: 1 });
  });
});

describe('an operator', () => {
  /** Fifty calls a second of 400 ms each: twenty are under way at a time. */
  const busy = () => new World({ rate: 50, health: () => ({ ...well, takes: 400 }) });

  it.each(['isolated', 'disabled', 'shadow'] as const)(
    'who ends %s mode starts without evidence against the service',
    (mode) => {
      const world = busy();
      world.at(20, () => world.breaker?.setMode(mode));
      world.at(40, () => world.breaker?.setMode('active'));
      world.until(70);
      expect(world.moves()).toEqual([]);
    },
  );

  it('who resets an open circuit starts without evidence against the service', () => {
    const world = busy();
    world.at(20, () => world.breaker?.trip(30_000));
    world.at(40, () => world.breaker?.reset());
    world.until(70);
    expect(world.moves().map(({ to }) => to)).toEqual(['open', 'closed']);
  });

  it('who resets it during a hang makes it call again', () => {
    const world = new World({
      rate: 50,
      timeLimit: 60_000,
      health: (at) => ({ ...well, hangs: at > 10_000 && at < 20_000 }),
    });
    world.until(12);
    expect(world.breaker?.state).not.toBe('closed');
    world.breaker?.reset();
    world.until(12.1);
    expect(world.breaker?.state).toBe('closed');
    world.until(13);
    expect(world.breaker?.state).not.toBe('closed');
    world.until(40);
    expect(world.breaker?.state).toBe('closed');
  });

  it('sees each opening once in shadow mode, and no call is refused', () => {
    const world = new World({ rate: 50, breaker: {}, health: crash });
    world.breaker?.setMode('shadow');
    const { refused } = world.until(60);
    expect(refused).toBe(0);
    const would = world.events.filter(({ type }) => type === 'wouldOpen');
    expect(would.length).toBeGreaterThan(3);
    for (const [index, { at }] of would.entries()) {
      // Not again before the opening that was not would have been over.
      expect(at).toBeGreaterThanOrEqual(would[index - 1]?.because?.nextAttemptAt ?? 0);
    }
    expect(would.every(({ at }) => at >= 20_000 && at < 31_000)).toBe(true);
    expect(world.moves()).toEqual([]);
  });

  it('sees an overload in shadow mode as openings, not as an event for every call', () => {
    // Half of the calls find no room.
    const health = (at: number): Health => ({ workers: at < 10_000 ? 1_000 : 10, takes: at < 10_000 ? 20 : 400 });
    const world = new World({ rate: 50, timeLimit: 5_000, health });
    world.breaker?.setMode('shadow');
    world.until(20);
    const would = world.events.filter(({ type }) => type === 'wouldOpen');
    expect(would.length).toBeGreaterThan(0);
    expect(would[0]?.because?.rule).toBe('overload');
    for (const [index, { at }] of would.entries()) {
      expect(at).toBeGreaterThanOrEqual(would[index - 1]?.because?.nextAttemptAt ?? 0);
    }
    expect(would.length).toBeLessThan(150);
  });
});
