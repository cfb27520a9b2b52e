import { consecutiveFailures, createBreaker, failureRate, probes, timeWindow } from '@switchgear/core';
import { manualClock } from '@switchgear/core/testing';
import { describe, expect, it } from 'vitest';
import { down, fine, scene } from './scene.ts';

const aDay = 24 * 60 * 60 * 1_000;

describe('evidence', () => {
  it('of yesterday is forgotten today', async () => {
    const openWhen = failureRate(0.5, { minimumCalls: 10 });
    const { breaker, clock } = scene({ openWhen, window: timeWindow(10_000) });
    for (let i = 0; i < 9; i++) {
      await down(breaker);
      clock.advance(1_000);
    }
    expect(breaker.metrics()).toMatchObject({ calls: 9 });
    clock.advance(aDay);
    await down(breaker);
    expect(breaker.state).toBe('closed');
    expect(breaker.metrics()).toMatchObject({ calls: 1, failures: 1 });
  });

  it('is made of calls: refusals do not dilute the outcomes of probes', async () => {
    const recover = probes({ permitted: 4, sample: 4, judge: failureRate(0.5) });
    const { breaker, halfOpened } = scene({ recover });
    await halfOpened();
    const permits = Array.from({ length: 4 }, () => breaker.acquire());
    for (let i = 0; i < 200; i++) await breaker.run(fine).catch(() => {});
    for (const [i, permit] of permits.entries()) permit.settle(i < 2 ? 'failure' : 'success');
    expect(breaker.state).toBe('open');
  });

  it('of a single failure does not open the circuit by default', async () => {
    const clock = manualClock();
    const breaker = createBreaker({ name: 'service', clock });
    const after: string[] = [];
    for (let call = 0; call < 4 && breaker.state === 'closed'; call++) {
      clock.advance(1_000);
      await down(breaker);
      after.push(breaker.state);
    }
    expect(after).toEqual(['closed', 'closed', 'closed', 'open']);
  });

  it('of a failed probe opens the circuit, whatever the window holds', async () => {
    const { breaker, clock } = scene({ openWhen: failureRate(0.5, { minimumCalls: 10 }), window: timeWindow(100) });
    for (let i = 0; i < 10; i++) await down(breaker);
    clock.advance(aDay);
    await down(breaker);
    expect(breaker.state).toBe('open');
  });

  it('includes a function that throws before it returns a promise', async () => {
    const { breaker } = scene({ openWhen: consecutiveFailures(3) });
    const throws = (): never => {
      throw new Error('down');
    };
    for (let i = 0; i < 3; i++) await breaker.run(throws).catch(() => {});
    expect(breaker.state).toBe('open');
  });
});
