import { consecutiveFailures } from '@switchgear/core';
import { breakerFetch } from '@switchgear/fetch';
import { describe, expect, it } from 'vitest';
import { scene } from './scene.ts';

/** A request to a slow service: it ends only when its signal aborts. */
function request(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
}

describe('an abort', () => {
  it.each(['closed', 'half-open'] as const)('of a caller is ignored while %s', async (state) => {
    const { breaker, halfOpened } = scene();
    if (state === 'half-open') await halfOpened();
    for (let i = 0; i < 5; i++) {
      const user = new AbortController();
      const call = breaker.run(() => request(user.signal), { signal: user.signal });
      user.abort();
      await expect(call).rejects.toBe(user.signal.reason);
    }
    expect(breaker.state).toBe(state);
    expect(breaker.metrics()).toMatchObject({ failures: 0 });
  });

  it('of a caller is ignored by the fetch adapter, which gets no separate signal', async () => {
    const { breaker } = scene();
    const slow: typeof fetch = (_input, init) => request(init?.signal as AbortSignal);
    const user = new AbortController();
    const call = breakerFetch({ breaker, fetch: slow })('http://service.test/', { signal: user.signal });
    user.abort();
    await expect(call).rejects.toBe(user.signal.reason);
    expect(breaker.state).toBe('closed');
  });

  it('of a call that timed out ends that call alone', async () => {
    const { breaker } = scene({ openWhen: consecutiveFailures(2) });
    const [first, second] = [new AbortController(), new AbortController()];
    const calls = [first, second].map(({ signal }) => breaker.run(() => request(signal), { signal }));
    let settled = false;
    calls[1]?.catch(() => {}).finally(() => (settled = true));
    first.abort(new DOMException('too late', 'TimeoutError'));
    await expect(calls[0]).rejects.toBe(first.signal.reason);
    expect(settled).toBe(false);
    expect(breaker.metrics()).toMatchObject({ calls: 1, failures: 1 });
    second.abort();
  });
});
