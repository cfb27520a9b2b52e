import { consecutiveFailures } from '@switchgear/core';
import { OPEN_FOR } from '@switchgear/testkit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watch } from './watch.ts';

const ADDRESS = 'http://a.example';
const lost = new TypeError('Failed to fetch');

/** The browser's API for being online, controlled by the test. */
let browser: EventTarget;
let listeners: number;

beforeEach(() => {
  vi.useFakeTimers();
  browser = new EventTarget();
  listeners = 0;
  vi.stubGlobal('navigator', { onLine: true });
  vi.stubGlobal('addEventListener', (type: string, listener: () => void) => {
    listeners += 1;
    browser.addEventListener(type, listener);
  });
  vi.stubGlobal('removeEventListener', (type: string, listener: () => void) => {
    listeners -= 1;
    browser.removeEventListener(type, listener);
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const comeOnline = () => browser.dispatchEvent(new Event('online'));

/** A circuit that opens on its first failure, in front of a service that ends calls in its own way. */
function service(answer: () => Promise<Response>) {
  const { fetch, permits } = watch({ fetch: answer }, { openWhen: consecutiveFailures(1) });
  return { ask: () => fetch(ADDRESS).catch(() => undefined), breaker: permits.breaker };
}

describe('when the browser comes online', () => {
  it('a circuit that opened for want of responses is half-open early, at a random moment within a second', async () => {
    const moments: number[] = [];
    for (const luck of [0, 0.5, 0.999]) {
      const { ask, breaker } = service(() => Promise.reject(lost));
      await ask();
      expect(breaker.state).toBe('open');
      vi.spyOn(Math, 'random').mockReturnValueOnce(luck);
      comeOnline();
      let waited = 0;
      for (; breaker.state === 'open' && waited <= 1_000; waited += 1) vi.advanceTimersByTime(1);
      expect(breaker.state).toBe('half-open');
      moments.push(waited);
    }
    expect(moments).toEqual([1, 500, 999]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('a circuit that opened because of a service’s responses keeps its open period', async () => {
    const { ask, breaker } = service(async () => new Response('', { status: 503 }));
    await ask();
    expect([breaker.state, listeners]).toEqual(['open', 0]);
    comeOnline();
    expect(vi.getTimerCount()).toBe(0);
    vi.runAllTimers();
    expect(breaker.state).toBe('open');
  });

  it('so does a circuit that an operator has opened', async () => {
    const { ask, breaker } = service(() => Promise.reject(lost));
    breaker.trip();
    await ask();
    comeOnline();
    vi.runAllTimers();
    expect(breaker.state).toBe('open');
  });

  it('one that has closed in the meantime stays closed', async () => {
    const { ask, breaker } = service(() => Promise.reject(lost));
    await ask();
    comeOnline();
    breaker.reset();
    vi.runAllTimers();
    expect(breaker.state).toBe('closed');
  });
});

describe('while no circuit is open for want of responses nothing is held', () => {
  it('before the first failure, after the service has answered again, and after the browser has come online', async () => {
    let answer = () => Promise.resolve(new Response());
    const { fetch, permits, clock } = watch({ fetch: () => answer() }, { openWhen: consecutiveFailures(1) });
    const ask = () => fetch(ADDRESS).catch(() => undefined);
    await ask();
    expect(listeners).toBe(0);
    answer = () => Promise.reject(lost);
    await ask();
    expect(listeners).toBe(1);
    answer = () => Promise.resolve(new Response());
    clock.advance(OPEN_FOR);
    await ask();
    expect([permits.breaker.state, listeners]).toEqual(['closed', 0]);
    answer = () => Promise.reject(lost);
    await ask();
    comeOnline();
    expect(listeners).toBe(0);
    vi.runAllTimers();
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each<[platform: string, globals: Record<string, unknown>]>([
    ['does not report being online', { navigator: {} }],
    ['has no navigator', { navigator: undefined }],
    ['reports no changes', { addEventListener: undefined }],
  ])('nor anywhere where the platform %s', async (_platform, globals) => {
    for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value);
    const { ask, breaker } = service(() => Promise.reject(lost));
    await ask();
    expect([breaker.state, listeners, vi.getTimerCount()]).toEqual(['open', 0, 0]);
  });
});

it('while the browser reports that it is offline no call counts, and no circuit opens', async () => {
  vi.stubGlobal('navigator', { onLine: false });
  const { ask, breaker } = service(() => Promise.reject(lost));
  for (let calls = 0; calls < 30; calls += 1) await ask();
  expect([breaker.state, breaker.metrics().ignored, listeners]).toEqual(['closed', 30, 0]);
});
