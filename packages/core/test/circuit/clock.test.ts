import { afterEach, describe, expect, it, vi } from 'vitest';
import { systemNow } from '../../src/circuit/clock.ts';

afterEach(() => vi.unstubAllGlobals());

describe('the clock of the runtime', () => {
  it('is one function for all breakers, so that engines inline it', () => {
    expect(systemNow()).toBe(systemNow());
  });

  it('is looked up again for each breaker, so that fake timers count', () => {
    const real = systemNow();
    vi.stubGlobal('performance', { now: () => 7 });
    expect(systemNow()()).toBe(7);
    vi.unstubAllGlobals();
    expect(systemNow()()).not.toBe(7);
    expect(real()).not.toBe(7);
  });
});
