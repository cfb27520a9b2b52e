import { CircuitOpenError, consecutiveFailures, createBreaker, fixed, type Ruling } from '@switchgear/core';
import { manualClock } from '@switchgear/core/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { breakerFetch, classifyFetch } from '../../src/index.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** A response of a kind that cannot be constructed: they come from browsers only. */
function hidden(type: ResponseType): Response {
  return Object.defineProperties(Response.error(), { type: { value: type } });
}

function refusal(message: string, cause?: unknown): TypeError {
  return new TypeError(message, cause === undefined ? {} : { cause });
}

describe('a response', () => {
  it.each<[rule: string, response: Response, ruling: Ruling]>([
    ['is a success when it is one', new Response('ok'), { outcome: 'success' }],
    ['is a success when it is a 404', new Response('', { status: 404 }), { outcome: 'success' }],
    ['is a failure when the service failed', new Response('', { status: 502 }), { outcome: 'failure', kind: '502' }],
    ['is ignored when we called too often', new Response('', { status: 429 }), { outcome: 'ignored', kind: '429' }],
    ['is a success when the browser hides it', hidden('opaque'), { outcome: 'success' }],
    ['is a success when the browser hides where it leads', hidden('opaqueredirect'), { outcome: 'success' }],
    ['is a failure when it stands for a network error', Response.error(), { outcome: 'failure', kind: 'network' }],
    ['is ignored when it has no status', hidden('basic'), { outcome: 'ignored', kind: '0' }],
    ['is a success when it is a mock of nothing', undefined as never, { outcome: 'success' }],
    ['counts by its status when it is a mock', { status: 500 } as Response, { outcome: 'failure', kind: '500' }],
  ])('%s', (_rule, value, ruling) => {
    expect(classifyFetch({ value })).toEqual(ruling);
  });

  it.each<[header: string, retryAfter: number | undefined]>([
    ['7', 7_000],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
    ['soon', undefined],
  ])('that asks us to stay away until %j is heeded', (header, retryAfter) => {
    const value = new Response('', { status: 503, headers: { 'retry-after': header } });
    const ruling = { outcome: 'failure', kind: '503' };
    expect(classifyFetch({ value })).toEqual(retryAfter === undefined ? ruling : { ...ruling, retryAfter });
  });
});

describe('a Retry-After that is a date', () => {
  const dated = () => new Response('', { status: 503, headers: { 'retry-after': 'Thu, 01 Jan 2026 00:00:07 GMT' } });

  it('is measured from the given time, and from now by default', () => {
    const ruling = { outcome: 'failure', kind: '503', retryAfter: 7_000 };
    expect(classifyFetch({ value: dated() }, () => Date.UTC(2026, 0, 1))).toEqual(ruling);
    vi.spyOn(Date, 'now').mockReturnValue(Date.UTC(2026, 0, 1));
    expect(classifyFetch({ value: dated() })).toEqual(ruling);
  });

  it('is measured by the breaker’s own clock', async () => {
    const clock = manualClock();
    clock.setWall(Date.UTC(2026, 0, 1));
    const breaker = createBreaker({ name: 'dated', clock, openWhen: consecutiveFailures(1), openFor: fixed(1_000) });
    await breakerFetch({ breaker, fetch: async () => dated() })('http://a.example');
    expect([breaker.state, breaker.retryAfter]).toEqual(['open', 7_000]);
  });
});

describe('an error', () => {
  const refused = refusal('fetch failed', Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }));

  it.each<[rule: string, error: unknown, ruling: Ruling]>([
    ['is a failure with its code', refused, { outcome: 'failure', kind: 'ECONNREFUSED' }],
    [
      'is a failure without one, as browsers have it',
      refusal('Failed to fetch'),
      { outcome: 'failure', kind: 'network' },
    ],
    ['is a timeout by its name', new DOMException('', 'TimeoutError'), { outcome: 'failure', kind: 'timeout' }],
    ['is ignored when it is an abort', new DOMException('', 'AbortError'), { outcome: 'ignored', kind: 'abort' }],
    [
      'is ignored when a breaker further down refused',
      refusal('fetch failed', new CircuitOpenError('below', 1, { rule: 'trip', at: 0 })),
      { outcome: 'ignored', kind: 'EOPENBREAKER' },
    ],
  ])('%s', (_rule, error, ruling) => {
    expect(classifyFetch({ error })).toEqual(ruling);
  });

  it('is ignored while the browser reports that it is offline', () => {
    vi.stubGlobal('navigator', { onLine: false });
    expect(classifyFetch({ error: refused })).toEqual({ outcome: 'ignored', kind: 'offline' });
  });

  it('counts while the browser reports that it is online, and where it does not report', () => {
    vi.stubGlobal('navigator', { onLine: true });
    expect(classifyFetch({ error: refused }).outcome).toBe('failure');
    vi.stubGlobal('navigator', undefined);
    expect(classifyFetch({ error: refused }).outcome).toBe('failure');
  });
});
