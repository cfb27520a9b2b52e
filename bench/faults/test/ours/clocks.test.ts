import { consecutiveFailures, createBreaker, fixed } from '@switchgear/core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { down, fine, scene } from './scene.ts';

const aMonth = 30 * 24 * 60 * 60 * 1_000;

describe('time', () => {
  afterEach(() => void vi.restoreAllMocks());

  it('is independent of the machine’s clock, which may be set back', async () => {
    let now = performance.now();
    vi.spyOn(performance, 'now').mockImplementation(() => now);
    const breaker = createBreaker({ name: 'service', openWhen: consecutiveFailures(1), openFor: fixed(20) });
    await down(breaker);
    const anHourAgo = Date.now() - 3_600_000;
    vi.spyOn(Date, 'now').mockReturnValue(anHourAgo);
    now += 20;
    expect(breaker.state).toBe('half-open');
    expect(await breaker.run(fine)).toBe('fine');
  });

  it('to stay open may be longer than a timer allows', async () => {
    const { breaker, clock } = scene({ openFor: fixed(aMonth) });
    await down(breaker);
    clock.advance(aMonth - 1);
    expect(breaker.state).toBe('open');
    clock.advance(1);
    expect(breaker.state).toBe('half-open');
  });

  it('to stay open is measured from the opening itself, not from an earlier opening or a ticker', async () => {
    const { breaker, clock } = scene({ openFor: fixed(200) });
    for (const moment of [0, 7, 93, 150]) {
      clock.advance(moment);
      breaker.trip();
      clock.advance(100);
      breaker.reset();
      breaker.trip();
      clock.advance(199);
      expect(breaker.state).toBe('open');
      clock.advance(1);
      expect(breaker.state).toBe('half-open');
      breaker.reset();
    }
  });
});
