import { isCircuitOpen } from '@switchgear/core';
import { describe, expect, it } from 'vitest';
import { fine, never, scene } from './scene.ts';

describe('a half-open circuit', () => {
  it('lets one of ten callers through, and refuses nine at once', async () => {
    const { breaker, halfOpened } = scene();
    await halfOpened();
    let made = 0;
    breaker.run(() => {
      made++;
      return never();
    });
    const others = Array.from({ length: 9 }, () => breaker.run(fine).catch((error: unknown) => error));
    const refusals = await Promise.all(others); // the probe is under way all the time
    expect(made).toBe(1);
    expect(refusals.every(isCircuitOpen)).toBe(true);
    expect(breaker.retryAfter).toBeGreaterThan(0);
  });
});
