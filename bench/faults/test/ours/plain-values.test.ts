import { describe, expect, it } from 'vitest';
import { scene } from './scene.ts';

describe('a function that returns no promise', () => {
  it.each([[undefined], [null], [42]])('succeeds with %s', async (value) => {
    const { breaker } = scene();
    expect(await breaker.run(() => value)).toBe(value);
    expect(breaker.state).toBe('closed');
    expect(breaker.metrics()).toMatchObject({ calls: 1, failures: 0 });
  });
});
