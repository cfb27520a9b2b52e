import { describe, expect, it } from 'vitest';
import {
  consecutiveFailures,
  countWindow,
  failureRate,
  fixed,
  overdue,
  probes,
  slowCallRate,
  timeWindow,
  tumblingWindow,
  type WindowRecipe,
} from '../../src/index.ts';
import { fail, observed, succeed } from './breakers.ts';

describe('reconfigure', () => {
  it('keeps what the window has seen when only the rule changes', async () => {
    const { breaker } = observed({ openWhen: failureRate(0.9, { minimumCalls: 2 }), window: countWindow(10) });
    await fail(breaker);
    await succeed(breaker);
    breaker.reconfigure({ openWhen: failureRate(0.5, { minimumCalls: 3 }), window: countWindow(10) });
    expect(breaker.metrics()).toMatchObject({ calls: 2, failures: 1 });
    await fail(breaker);
    expect(breaker.state).toBe('open');
  });

  it('keeps successes of a lull', async () => {
    const { breaker } = observed({ openWhen: failureRate(0.9) });
    for (let call = 0; call < 7; call++) await succeed(breaker);
    breaker.reconfigure({ openWhen: failureRate(0.5) });
    expect(breaker.metrics().calls).toBe(7);
  });

  it('keeps a row of failures', async () => {
    const { breaker } = observed({ openWhen: consecutiveFailures(5) });
    await fail(breaker);
    breaker.reconfigure({ openWhen: consecutiveFailures(2) });
    await fail(breaker);
    expect(breaker.state).toBe('open');
  });

  it('judges after each call from then on with another evaluateOn, and keeps the evidence', async () => {
    const { breaker } = observed({ openWhen: failureRate(0.5, { minimumCalls: 2 }) });
    await fail(breaker);
    breaker.reconfigure({ evaluateOn: 'any' });
    await succeed(breaker);
    expect(breaker.state).toBe('open');
  });

  it('frees the place of a lost probe after another permitTimeout', () => {
    const { breaker, clock } = observed();
    breaker.reconfigure({ permitTimeout: 50 });
    breaker.halfOpen();
    breaker.acquire();
    clock.advance(49);
    expect(breaker.tryAcquire()).toBeUndefined();
    clock.advance(1);
    expect(breaker.tryAcquire()?.probe).toBe(true);
  });

  it('takes calls in flight for lost, and no longer for overdue, after another permitTimeout', () => {
    const { breaker, clock } = observed({ openWhen: overdue(2, { longerThan: 100 }) });
    breaker.acquire();
    breaker.acquire();
    breaker.reconfigure({ permitTimeout: 200 });
    clock.advance(400);
    expect(breaker.tryAcquire()).toBeDefined();
  });

  it('starts a new window if another is given, or if the rule sums other measures', async () => {
    for (const changes of [{ window: countWindow(9) }, { openWhen: slowCallRate(0.5, { slowerThan: 10 }) }]) {
      const { breaker } = observed({ window: countWindow(10) });
      await fail(breaker);
      breaker.reconfigure(changes);
      expect(breaker.metrics().calls).toBe(0);
    }
  });

  it.each<[kind: string, window: (size: number) => WindowRecipe]>([
    ['count', countWindow],
    ['time', timeWindow],
    ['time by its first calls', (length) => timeWindow(length, { align: 'first' })],
    ['tumbling', tumblingWindow],
  ])('keeps the memory for an equal window, not for one of another size or kind: %s', async (_kind, window) => {
    const keeps = async (other: WindowRecipe): Promise<boolean> => {
      const { breaker } = observed({ window: window(5_000), openWhen: failureRate(1) });
      await fail(breaker);
      breaker.reconfigure({ window: other });
      return breaker.metrics().calls === 1;
    };
    expect(await keeps(window(5_000))).toBe(true);
    const others = [window(6_000), countWindow(7), timeWindow(5_000, { buckets: 4 }), tumblingWindow(7)];
    for (const other of [...others, timeWindow(5_000, { align: 'first-tick' })]) expect(await keeps(other)).toBe(false);
  });

  it('does not change the current open period, and uses the new wait after that', () => {
    const { breaker, clock } = observed();
    breaker.trip();
    breaker.reconfigure({ openFor: fixed(50) });
    expect(breaker.retryAfter).toBe(1_000);
    clock.advance(1_000);
    breaker.acquire().settle('failure');
    expect(breaker.retryAfter).toBe(50);
  });

  it('restarts the half-open state: probes under way no longer count', () => {
    const { breaker, clock, moves } = observed();
    breaker.trip();
    clock.advance(1_000);
    const probe = breaker.acquire();
    breaker.reconfigure({ recover: probes({ permitted: 2, successes: 2 }) });
    probe.settle('failure');
    expect(breaker.state).toBe('half-open');
    breaker.acquire().settle('success');
    breaker.acquire().settle('success');
    expect(moves().at(-1)).toBe('half-open>closed');
  });

  it('counts the calls in flight by the new rule', async () => {
    const { breaker } = observed({ openWhen: consecutiveFailures(5) });
    const early = breaker.acquire();
    breaker.reconfigure({ openWhen: consecutiveFailures(1) });
    early.settle('failure');
    expect(breaker.state).toBe('open');
  });

  it.each([
    ['an unknown option', { threshold: 1 }, "has no option 'threshold'"],
    ['a bad value', { permitTimeout: -1 }, 'permitTimeout must be a number of milliseconds greater than 0, got -1'],
    ['another name', { name: 'other' }, "reconfigure name must be unchanged, got 'other'"],
    ['another clock', { clock: { now: () => 0 } }, 'reconfigure clock must be unchanged'],
  ])('refuses %s, and nothing has changed', (_what, changes, message) => {
    const { breaker } = observed();
    expect(() => breaker.reconfigure(changes as never)).toThrow(message);
    breaker.trip();
    expect(breaker.retryAfter).toBe(1_000);
  });

  it('treats an explicit undefined as an unchanged option', () => {
    const { breaker } = observed();
    breaker.reconfigure({ openFor: undefined } as never);
    breaker.trip();
    expect(breaker.retryAfter).toBe(1_000);
  });
});
