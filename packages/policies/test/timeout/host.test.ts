import { afterEach, describe, expect, it, vi } from 'vitest';
import { TimeoutError, timeout } from '../../src/index.ts';
import { rejection } from '../setup/deferred.ts';

const never = (): Promise<never> => new Promise(() => undefined);

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('where the runtime is another', () => {
  it('on Workers each call has a timer of its own, because timers die with their requests', async () => {
    vi.stubGlobal('navigator', { userAgent: 'Cloudflare-Workers' });
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout', 'performance'] });
    const limit = timeout(50);
    const calls = [rejection(limit.run(never)), rejection(limit.run(never))];
    expect(vi.getTimerCount()).toBe(2);
    expect(await limit.run(() => 'fine')).toBe('fine');
    expect(vi.getTimerCount()).toBe(2);
    await vi.advanceTimersByTimeAsync(50);
    for (const call of calls) expect(await call).toBeInstanceOf(TimeoutError);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('a signal says why it aborted also on React Native, whose own know no reasons, no any and no timeout', async () => {
    vi.stubGlobal('AbortController', PlainController);
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
    const seen: AbortSignal[] = [];
    const call = rejection(
      timeout(50).run(({ signal }) => {
        seen.push(signal);
        return never();
      }),
    );
    await vi.advanceTimersByTimeAsync(60);
    const error = await call;
    expect(seen[0]).toBeInstanceOf(PlainSignal);
    expect(seen[0]).toMatchObject({ aborted: true, reason: error });
  });

  it('the abort of a caller whose signal has no reason is an AbortError', async () => {
    const caller = new PlainController();
    const call = timeout(50).run(
      ({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
      { signal: caller.signal as unknown as AbortSignal },
    );
    caller.abort();
    expect(await rejection(call)).toMatchObject({ name: 'AbortError' });
  });
});

/** As much as React Native has. */
class PlainSignal extends EventTarget {
  aborted = false;
}
class PlainController {
  readonly signal = new PlainSignal();
  abort(): void {
    this.signal.aborted = true;
    this.signal.dispatchEvent(new Event('abort'));
  }
}
