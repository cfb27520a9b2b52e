import { describe, expect, it } from 'vitest';
import { fine, never, scene } from './scene.ts';

describe('a lost probe', () => {
  it('loses its place to another caller after its time limit', async () => {
    const { breaker, clock, halfOpened } = scene();
    await halfOpened();
    breaker.run(never);
    expect(breaker.tryAcquire()).toBeUndefined();
    clock.advance(30_000);
    expect(await breaker.run(fine)).toBe('fine');
    expect(breaker.state).toBe('closed');
  });

  it('that throws before it returns a promise is settled', async () => {
    const { breaker, clock, halfOpened } = scene();
    await halfOpened();
    const throws = (): never => {
      throw new TypeError('no such currency');
    };
    await expect(breaker.run(throws)).rejects.toThrow('no such currency');
    clock.advance(20);
    expect(await breaker.run(fine)).toBe('fine');
    expect(breaker.state).toBe('closed');
  });

  it('is not confused with a call begun before the outage', async () => {
    const { breaker, halfOpened } = scene();
    breaker.run(never);
    await halfOpened();
    expect(await breaker.run(fine)).toBe('fine');
    expect(breaker.state).toBe('closed');
  });
});
