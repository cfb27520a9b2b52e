import { consecutiveFailures, createBreaker, createRegistry } from '@switchgear/core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { down } from './scene.ts';

describe('an idle breaker', () => {
  afterEach(() => void vi.restoreAllMocks());

  it('runs no timer, open or closed', async () => {
    const timers = [vi.spyOn(globalThis, 'setTimeout'), vi.spyOn(globalThis, 'setInterval')];
    const before = process.getActiveResourcesInfo();
    for (let i = 0; i < 100; i++) await down(createBreaker({ name: 'service', openWhen: consecutiveFailures(1) }));
    for (const timer of timers) expect(timer).not.toHaveBeenCalled();
    expect(process.getActiveResourcesInfo()).toEqual(before);
  });

  it('is forgotten by a full registry', () => {
    const registry = createRegistry({ options: (name) => ({ name }), max: 10 });
    for (let i = 0; i < 1_000; i++) registry.get(`tenant ${i}`);
    expect(registry.size).toBe(10);
  });
});
