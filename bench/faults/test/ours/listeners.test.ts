import { describe, expect, it } from 'vitest';
import { down, fine, scene } from './scene.ts';

describe('a listener that throws', () => {
  it.each([
    ['a success', 'closed'],
    ['a failure', 'open'],
    ['a probe’s success', 'closed'],
  ] as const)('leaves %s and its state alone, and is reported', async (what, state) => {
    const reported: unknown[] = [];
    const { breaker, halfOpened } = scene({ onError: (error) => reported.push(error) });
    if (what === 'a probe’s success') await halfOpened();
    const metrics = new Error('metrics');
    const throws = (): never => {
      throw metrics;
    };
    breaker.subscribe(throws, { outcomes: true });
    const error = new Error('disk full');
    if (what === 'a failure') expect(await down(breaker, error)).toBe(error);
    else expect(await breaker.run(fine)).toBe('fine');
    expect(breaker.state).toBe(state);
    expect(reported).toContain(metrics);
    expect(breaker.metrics().errors).toBe(reported.length);
  });
});
