import { CircuitOpenError } from '@switchgear/core';
import { describe, expect, it } from 'vitest';
import { type BreakerFetchOptions, isBreakerResponse } from '../src/index.ts';
import { watch } from './watch.ts';

/** A fetch whose circuit is open for this long, in front of a service that must not be called. */
function open(onOpen: BreakerFetchOptions['onOpen'], forMs = 1_500): typeof fetch {
  const asked = () => expect.unreachable('the service was asked');
  const { fetch, permits } = watch({ onOpen, fetch: asked });
  if (forMs === Number.POSITIVE_INFINITY) permits.breaker.setMode('isolated');
  else permits.breaker.trip(forMs);
  return fetch;
}

describe('while the circuit is open', () => {
  it.each([undefined, 'throw' as const])('a call is rejected with the breaker’s own error (%s)', async (onOpen) => {
    const error = await open(onOpen)('http://a.example').catch((error: unknown) => error);
    expect(error).toBeInstanceOf(CircuitOpenError);
    expect(error).toMatchObject({
      code: 'EOPENBREAKER',
      breaker: 'watched',
      retryAfter: 1_500,
      because: { rule: 'trip' },
    });
  });

  it('with respond it resolves with a 503 that tells clients when to come back and not to repeat it', async () => {
    const response = await open('respond')('http://a.example/x');
    expect(response.status).toBe(503);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/problem+json',
      'retry-after': '2',
      'x-should-retry': 'false',
      'x-circuit-breaker': 'open',
    });
    expect(await response.json()).toMatchObject({ status: 503, title: 'Service Unavailable', retryAfter: 2 });
  });

  it('there is no Retry-After while the breaker is isolated', async () => {
    const response = await open('respond', Number.POSITIVE_INFINITY)('http://a.example');
    expect(response.headers.has('retry-after')).toBe(false);
  });

  it('a function returns its own response, and gets the request and the refusal', async () => {
    const seen: unknown[] = [];
    const call = open(async (refusal, request) => {
      seen.push(refusal.breaker, request);
      return new Response('the last good copy');
    });
    expect(await (await call('http://a.example/x', { method: 'head' })).text()).toBe('the last good copy');
    expect(seen).toEqual(['watched', { url: 'http://a.example/x', method: 'HEAD' }]);
  });

  it('a function may throw, at once or later', async () => {
    const atOnce = open(() => {
      throw new Error('no copy');
    });
    await expect(atOnce('http://a.example')).rejects.toThrow('no copy');
    await expect(open((refusal) => Promise.reject(refusal))('http://a.example')).rejects.toThrow(CircuitOpenError);
  });

  it('the body of a refused request is unread, for another attempt', async () => {
    const request = new Request('http://a.example', { method: 'POST', body: 'x' });
    await open('respond')(request);
    expect(request.bodyUsed).toBe(false);
  });
});

describe('a breaker’s answer', () => {
  it('is recognised, its clones too, and reads like any response', async () => {
    const response = await open('respond')('http://a.example');
    const clone = response.clone();
    expect([response, clone, clone.clone()].map(isBreakerResponse)).toEqual([true, true, true]);
    expect(await clone.text()).toBe(await response.text());
    expect(response).toBeInstanceOf(Response);
  });

  it('is not recognised by a header, which a service may send as well', () => {
    expect(isBreakerResponse(new Response('', { status: 503, headers: { 'x-circuit-breaker': 'open' } }))).toBe(false);
    expect([undefined, null, 'x', {}].map(isBreakerResponse)).toEqual([false, false, false, false]);
  });

  it.each(['throw', 'respond'] as const)('of a fetch below is ignored by the breaker above (%s)', async (onOpen) => {
    const { fetch, outcomes } = watch({ fetch: open(onOpen) });
    await fetch('http://a.example').catch(() => undefined);
    expect(outcomes).toEqual(['ignored EOPENBREAKER']);
  });
});
