import { createBreaker, isCircuitOpen } from '@switchgear/core';
import { describe, expect, it } from 'vitest';
import { down, fine, scene } from './scene.ts';

describe('a local refusal', () => {
  it('by a concurrency limit is not counted if `classify` ignores it', async () => {
    const full = Object.assign(new Error('no place'), { code: 'EFULL' });
    const { breaker } = scene({
      classify: (ending) => ('error' in ending && ending.error === full ? 'ignored' : undefined),
    });
    for (let i = 0; i < 3; i++) await down(breaker, full);
    expect(breaker.state).toBe('closed');
    expect(breaker.metrics()).toMatchObject({ calls: 0, ignored: 3 });
  });

  it('by a nested breaker is not counted, without any configuration', async () => {
    const { breaker: outer } = scene();
    const inner = createBreaker({ name: 'inner' });
    inner.trip();
    const seen = await outer.run(() => inner.run(fine)).catch((error: unknown) => error);
    expect(isCircuitOpen(seen)).toBe(true);
    expect(outer.state).toBe('closed');
  });
});
