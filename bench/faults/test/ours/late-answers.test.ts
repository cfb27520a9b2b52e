import type { Breaker } from '@switchgear/core';
import { describe, expect, it } from 'vitest';
import { down, never, scene } from './scene.ts';

/** Begins a call; each of the functions ends it. */
function slowCall(breaker: Breaker) {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const call = breaker.run(() => promise).catch(() => 'failed');
  return {
    async succeed() {
      resolve('from before the outage');
      await call;
    },
    async fail() {
      reject(new Error('from before the outage'));
      await call;
    },
  };
}

describe('a late answer', () => {
  it.each(['succeed', 'fail'] as const)('that would %s does not change the state while open', async (end) => {
    const { breaker } = scene();
    const late = slowCall(breaker);
    await down(breaker);
    await late[end]();
    expect(breaker.state).toBe('open');
    expect(breaker.metrics().late).toBe(1);
  });

  it.each(['succeed', 'fail'] as const)('that would %s does not change the state while half-open', async (end) => {
    const { breaker, halfOpened } = scene();
    const late = slowCall(breaker);
    await halfOpened();
    const probe = slowCall(breaker);
    await late[end]();
    expect(breaker.state).toBe('half-open');
    await probe.succeed();
    expect(breaker.state).toBe('closed');
  });

  it('does not take the place of a probe', async () => {
    const { breaker, halfOpened } = scene();
    const late = slowCall(breaker);
    await halfOpened();
    breaker.run(never);
    await late.succeed();
    expect(breaker.tryAcquire()).toBeUndefined();
  });
});
