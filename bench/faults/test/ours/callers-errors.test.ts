import { describe, expect, it } from 'vitest';
import { down, scene } from './scene.ts';

describe('the caller’s own error', () => {
  it('is the error object of the call, unchanged, even for the call that opens the circuit', async () => {
    const { breaker } = scene();
    const error = Object.freeze(new Error('disk full'));
    expect(await down(breaker, error)).toBe(error);
    expect(error.message).toBe('disk full');
    expect(breaker.state).toBe('open');
  });

  it('names the caller in its stack', async () => {
    const { breaker } = scene();
    async function work(): Promise<never> {
      await null;
      throw new Error('down');
    }
    async function checkout(): Promise<void> {
      await breaker.run(work);
    }
    const error = await checkout().catch((reason: Error) => reason);
    expect(error?.stack).toContain('checkout');
  });
});
