import { createBreaker, isCircuitOpen } from '@switchgear/core';
import { describe, expect, it } from 'vitest';
import { down, fine, scene } from './scene.ts';

describe('a refusal of our own', () => {
  it('by a limit on calls at once does not count, once it is named', async () => {
    const full = Object.assign(new Error('no place'), { code: 'EFULL' });
    const { breaker } = scene({
      classify: (ending) => ('error' in ending && ending.error === full ? 'ignored' : undefined),
    });
    for (let i = 0; i < 3; i++) await down(breaker, full);
    expect(breaker.state).toBe('closed');
    expect(breaker.metrics()).toMatchObject({ calls: 0, ignored: 3 });
  });

  it('by a breaker further down does not count, and need not be named', async () => {
    const { breaker: outer } = scene();
    const inner = createBreaker({ name: 'inner' });
    inner.trip();
    const seen = await outer.run(() => inner.run(fine)).catch((error: unknown) => error);
    expect(isCircuitOpen(seen)).toBe(true);
    expect(outer.state).toBe('closed');
  });
});
