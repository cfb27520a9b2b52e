import type { Classify } from '@switchgear/core';
import { describe, expect, it } from 'vitest';
import { down, scene } from './scene.ts';

const gone = new DOMException('the user left', 'AbortError');
const classify: Classify = (ending) => ('error' in ending && ending.error === gone ? 'ignored' : undefined);

describe('an ignored probe', () => {
  it('neither closes nor opens the circuit, and frees its place for the next caller', async () => {
    const { breaker, halfOpened } = scene({ classify });
    await halfOpened();
    expect(await down(breaker, gone)).toBe(gone);
    expect(breaker.state).toBe('half-open');
    expect(breaker.tryAcquire()?.probe).toBe(true);
  });
});
