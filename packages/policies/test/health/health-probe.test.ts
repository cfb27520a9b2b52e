import { consecutiveFailures, createBreaker, fixed } from '@switchgear/core';
import { manualClock } from '@switchgear/core/testing';
import { describe, expect, it, vi } from 'vitest';
import { type HealthProbeOptions, healthProbe, type Scheduler } from '../../src/index.ts';
import { type Deferred, deferred } from '../setup/deferred.ts';

/** A scheduler that the test controls: callbacks run when the test says so. */
function manualScheduler(): Scheduler & { advance(ms: number): Promise<void>; readonly pending: number } {
  let now = 0;
  const due = new Set<{ at: number; act: () => void }>();
  return {
    after(ms, act) {
      const entry = { at: now + ms, act };
      due.add(entry);
      return () => due.delete(entry);
    },
    async advance(ms) {
      now += ms;
      for (const entry of due) {
        if (entry.at > now) continue;
        due.delete(entry);
        entry.act();
      }
      await vi.waitFor(() => undefined);
    },
    get pending() {
      return due.size;
    },
  };
}

function observed(options: Partial<HealthProbeOptions> = {}) {
  const clock = manualClock();
  const breaker = createBreaker({ name: 'orders', openWhen: consecutiveFailures(1), openFor: fixed(60_000), clock });
  const scheduler = manualScheduler();
  const pings: (Deferred<unknown> & { signal: AbortSignal })[] = [];
  const changes: boolean[] = [];
  const probe = healthProbe({
    breaker,
    scheduler,
    ping: ({ signal }) => {
      const ping = deferred();
      pings.push({ ...ping, signal });
      return ping.promise;
    },
    onChange: (healthy) => {
      changes.push(healthy);
      throw new Error('a listener changes nothing');
    },
    ...options,
  });
  /** Ends the ping under way, and lets the next one begin. */
  const end = async (how: 'well' | 'ill'): Promise<void> => {
    const ping = pings.at(-1);
    if (how === 'well') ping?.resolve('fine');
    else ping?.reject(new Error('ill'));
    await vi.waitFor(() => expect(scheduler.pending).toBe(1));
  };
  const next = async (): Promise<void> => {
    const before = pings.length;
    await scheduler.advance(30_000);
    await vi.waitFor(() => expect(pings.length).toBe(before + 1));
  };
  const begin = async (): Promise<void> => {
    probe.start();
    probe.start();
    await vi.waitFor(() => expect(pings.length).toBe(1));
  };
  return { probe, breaker, scheduler, pings, changes, end, next, begin };
}

describe('a health probe', () => {
  it('marks a service unhealthy after three pings in a row, and healthy after one', async () => {
    const { probe, breaker, changes, end, next, begin } = observed();
    await begin();
    for (const [how, healthy] of [
      ['ill', true],
      ['well', true],
      ['ill', true],
      ['ill', true],
      ['ill', false],
      ['ill', false],
      ['well', true],
    ] as const) {
      await end(how);
      expect(probe.healthy).toBe(healthy);
      await next();
    }
    expect(changes).toEqual([false, true]);
    // It marks; whether the circuit opens is for real traffic to say.
    expect(breaker.state).toBe('closed');
    probe.stop();
  });

  it('opens the circuit of an unhealthy service with whenUnhealthy: trip', async () => {
    const { probe, breaker, end, begin } = observed({ whenUnhealthy: 'trip', unhealthyAfter: 1 });
    await begin();
    await end('ill');
    expect(breaker.state).toBe('open');
    probe.stop();
  });

  it('grants a probe with real traffic when pings succeed again, and closes nothing', async () => {
    const { probe, breaker, end, next, begin } = observed();
    await begin();
    await end('ill');
    breaker.trip();
    await next();
    await end('well');
    expect(breaker.state).toBe('half-open');
    await breaker.run(() => 1);
    await breaker.run(() => 1);
    expect(breaker.state).toBe('closed');
    probe.stop();
  });

  it('lets no circuit probe early by pings that have succeeded all the while', async () => {
    const { probe, breaker, end, next, begin } = observed();
    await begin();
    await end('well');
    await breaker.run(() => Promise.reject(new Error('down'))).catch(() => undefined);
    for (let i = 0; i < 3; i++) {
      await next();
      await end('well');
      expect(breaker.state).toBe('open');
    }
    probe.stop();
  });

  it('leaves a circuit alone that an operator holds', async () => {
    const { probe, breaker, end, next, begin } = observed();
    await begin();
    await end('ill');
    breaker.trip();
    breaker.setMode('isolated');
    await next();
    await end('well');
    breaker.setMode('active');
    expect(breaker.state).toBe('open');
    probe.stop();
  });

  it('takes a ping that does not end for one that failed, and aborts it', async () => {
    const { probe, scheduler, pings, begin } = observed();
    await begin();
    await scheduler.advance(5_000);
    expect([probe.failures, pings[0]?.signal.aborted]).toEqual([1, true]);
    pings[0]?.resolve('at last');
    await pings[0]?.promise;
    expect(probe.failures).toBe(1);
    probe.stop();
  });

  it('takes a ping that throws for one that failed', async () => {
    const ping = () => {
      throw new Error('ill');
    };
    const { probe } = observed({ ping });
    probe.start();
    await vi.waitFor(() => expect(probe.failures).toBe(1));
    probe.stop();
  });

  it('stops: nothing is left that could happen, and a ping under way is aborted and says nothing', async () => {
    const { probe, scheduler, pings, begin } = observed();
    await begin();
    probe.stop();
    expect([scheduler.pending, pings[0]?.signal.aborted]).toEqual([0, true]);
    pings[0]?.reject(new Error('ill'));
    await pings[0]?.promise.catch(() => undefined);
    expect([probe.failures, scheduler.pending]).toEqual([0, 0]);
    probe.start();
    await vi.waitFor(() => expect(pings.length).toBe(2));
    probe.stop();
  });

  it('pings on the runtime’s timers where it was given no others', async () => {
    vi.useFakeTimers();
    try {
      const ping = vi.fn();
      const probe = healthProbe({ breaker: createBreaker({ name: 'orders' }), ping, every: 1_000 });
      probe.start();
      await vi.advanceTimersByTimeAsync(2_500);
      expect(ping).toHaveBeenCalledTimes(3);
      probe.stop();
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  it.each([
    [{ breaker: undefined }, 'breaker must be a breaker, got undefined'],
    [{ ping: 'url' }, "ping must be a function, got 'url'"],
    [{ every: 0 }, 'every must be a number of milliseconds greater than 0'],
    [{ unhealthyAfter: 0 }, 'unhealthyAfter must be a whole number of at least 1, got 0'],
    [{ whenUnhealthy: 'close' }, "whenUnhealthy must be one of 'mark', 'trip', got 'close'"],
    [{ interval: 5 }, "healthProbe has no option 'interval'"],
  ])('made with %j is refused', (options, message) => {
    expect(() => observed(options as never)).toThrow(message);
  });
});
