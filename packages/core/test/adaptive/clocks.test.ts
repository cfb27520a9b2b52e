import { describe, expect, it } from 'vitest';
import { adaptive, createBreaker } from '../../src/index.ts';
import { observed } from '../breaker/breakers.ts';
import { vitalsIn } from '../properties/machine.ts';
import type { Health } from './server.ts';
import { World } from './world.ts';

const well: Health = { workers: 1_000, takes: 20 };

/** An event loop that stands still from one millisecond to another. */
const stands = (from: number, to: number) => (at: number) => (at >= from && at < to ? to : at);

describe('an event loop that stands still for ten seconds opens nothing', () => {
  it.each([
    ['long calls, no time limit in it', 30_000, 200],
    ['calls that all have run into their time limit', 1_000, 200],
    ['short calls', 1_000, 20],
  ])('%s', (_what, timeLimit, takes) => {
    const health = () => ({ ...well, takes });
    const world = new World({ rate: 50, timeLimit, health, stall: stands(20_000, 30_000) });
    world.until(60);
    expect(world.moves()).toEqual([]);
  });

  it('even if calls arrive before the answers do', () => {
    const { breaker, clock, moves } = observed({ ...adaptive() }, 0);
    for (let call = 0; call < 1_000; call++) {
      const permit = breaker.acquire();
      clock.advance(20);
      permit.settle('success');
    }
    const sent = Array.from({ length: 12 }, () => breaker.acquire());
    clock.advance(10_000);
    // All who have waited for a turn: five hundred at once, in one millisecond.
    const waited = Array.from({ length: 500 }, () => breaker.acquire());
    for (const permit of [...sent, ...waited]) permit.settle('success');
    expect(moves()).toEqual([]);
  });
});

describe('a clock', () => {
  it.each([3_600_000, 86_400_000, 30 * 86_400_000])(
    'that leaps forward by %d ms opens nothing, and is forgotten',
    (leap) => {
      const world = new World({ rate: 50, timeLimit: 1e12, health: () => well, stall: stands(20_000, 20_000 + leap) });
      world.until(20);
      // The laptop slept: what was under way comes back now, and has taken hours as far as the breaker can tell.
      world.until(20 + leap / 1_000 + 60);
      expect(world.moves().filter(({ to }) => to === 'open')).toEqual([]);
      expect(world.breaker?.state).toBe('closed');
      expect(world.breaker?.metrics().errors).toBe(0);
    },
  );

  it('that never moves refuses no call and does not divide by zero', () => {
    const breaker = createBreaker({ name: 'worker', clock: { now: () => 7 }, ...adaptive() });
    for (let call = 0; call < 2_000; call++) breaker.acquire().settle(call % 3 === 0 ? 'failure' : 'success');
    expect(breaker.state).toBe('closed');
    // Failures of one moment are one event, so this is as far as it comes.
    for (let call = 0; call < 100; call++) breaker.acquire().settle('failure');
    expect(breaker.state).toBe('closed');
    breaker.halfOpen();
    for (let call = 0; call < 100; call++) breaker.tryAcquire()?.settle('success');
    expect(breaker.state).toBe('closed');
    expect(breaker.metrics().errors).toBe(0);
    for (const number of Object.values(vitalsIn(breaker))) expect(number).not.toBeNaN();
  });

  it('that moves with I/O only, so between calls and not within: it opens, and comes back', () => {
    let now = 0;
    const breaker = createBreaker({ name: 'worker', clock: { now: () => now }, random: () => 0.5, ...adaptive() });
    const call = (outcome: 'success' | 'failure'): void => {
      now += 50;
      breaker.tryAcquire()?.settle(outcome);
    };
    for (let done = 0; done < 500; done++) call('success');
    for (let done = 0; done < 3; done++) call('failure');
    expect(breaker.state).toBe('open');
    for (let done = 0; done < 50; done++) call('success');
    expect(breaker.state).toBe('closed');
    expect(breaker.metrics().errors).toBe(0);
  });

  it('that is 0 at creation and leaps to today with the first call', () => {
    let now = 0;
    const breaker = createBreaker({ name: 'worker', clock: { now: () => now }, random: () => 0.5, ...adaptive() });
    now = Date.UTC(2026, 0, 1);
    for (let done = 0; done < 500; done++) {
      const permit = breaker.acquire();
      now += 20;
      permit.settle('success');
    }
    expect(breaker.state).toBe('closed');
    expect(vitalsIn(breaker)).toMatchObject({ latency: 20, normalLatency: 20 });
  });
});

describe('after an idle day', () => {
  const idle = () => {
    const seen = observed({ ...adaptive(), random: () => 0.5 }, 0);
    const call = (outcome: 'success' | 'failure', times: number): void => {
      for (let done = 0; done < times; done++) {
        const permit = seen.breaker.tryAcquire();
        seen.clock.advance(20);
        permit?.settle(outcome);
      }
    };
    call('success', 1_000);
    seen.clock.advance(86_400_000);
    return { ...seen, call };
  };

  it('a burst of calls is not silence', () => {
    const { breaker, clock, moves } = idle();
    for (let day = 0; day < 3; day++) {
      const permits = Array.from({ length: 100 }, () => breaker.acquire());
      clock.advance(50);
      for (const permit of permits) permit.settle('success');
      clock.advance(86_400_000);
    }
    expect(moves()).toEqual([]);
  });

  it('an outage is as old as the first failed call, not a day old', () => {
    const { breaker, clock, call, events } = idle();
    call('failure', 3);
    expect(breaker.state).toBe('open');
    // Three calls in twenty seconds is all that is known of the traffic.
    expect((events.at(-1)?.because?.nextAttemptAt ?? Infinity) - clock.now()).toBeLessThan(2_000);
  });

  it('it still knows what is normal', () => {
    const { breaker, call } = idle();
    call('failure', 2);
    expect(breaker.state).toBe('closed');
    expect(vitalsIn(breaker).normalLatency).toBe(20);
  });
});

describe('from the first call', () => {
  it('two thousand long calls a second count neither as silence nor as a slowdown', () => {
    for (const isEven of [false, true]) {
      const world = new World({ rate: 2_000, health: () => ({ workers: 10_000, takes: 200, isEven }) });
      world.until(3);
      expect(world.moves()).toEqual([]);
    }
  });

  it.each([
    ['failing', { fails: 1 }, 1_000],
    ['hanging, seen as the first calls run into their time limit', { hangs: true }, 2_500],
  ])('a service that is %s is spared, and its recovery is noticed', (_what, fault, within) => {
    const world = new World({ rate: 50, health: (at) => (at < 20_000 ? { ...well, ...fault } : well) });
    world.until(20);
    expect(world.delay('open', 0)).toBeLessThan(within);
    world.until(30);
    expect(world.breaker?.state).toBe('closed');
    expect(world.breaker?.metrics().errors).toBe(0);
  });
});
