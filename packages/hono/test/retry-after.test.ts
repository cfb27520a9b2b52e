import { fixed } from '@switchgear/core';
import { OPEN_FOR, watchBreaker } from '@switchgear/testkit';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { bindingFetch, breakerProxy, circuitBreaker, classifyHono, classifyUpstream } from '../src/index.ts';

/** In 2040 by the breaker's clock, while the wall clock of this machine says something else. */
const NOW = Date.UTC(2040, 0, 1);

/** A date 30 seconds later, as HTTP writes it. */
const LATER = new Date(NOW + 30_000).toUTCString();

const answer = () => new Response('', { status: 503, headers: { 'retry-after': LATER } });

describe('a Retry-After that is a date is measured by the clock of the breaker', () => {
  it.each(['route', 'proxy', 'rejecting', 'binding'])('%s', async (way) => {
    const { breaker, clock } = watchBreaker({ openFor: fixed(OPEN_FOR) });
    clock.setWall(NOW);
    const rejecting = () => Promise.reject(Object.assign(new Error('503'), { response: answer() }));
    const app = new Hono();
    app.get('/route', circuitBreaker({ breaker }), answer);
    app.get('/proxy', breakerProxy({ to: 'http://a.example', breaker, forward: answer }));
    app.get('/rejecting', breakerProxy({ to: 'http://a.example', breaker, forward: rejecting }));
    app.get('/binding', (c) => bindingFetch({ fetch: async () => answer() }, { breaker })(c.req.raw));
    app.onError((_error, c) => c.text('', 502));
    await app.request(`/${way}`);
    breaker.trip();
    expect(breaker.retryAfter).toBe(30_000);
  });

  it('and by that of the caller, if the classifiers are called alone', () => {
    const rulings = [
      classifyUpstream({ value: answer() }, () => NOW),
      classifyUpstream({ error: Object.assign(new Error('503'), { response: answer() }) }, () => NOW),
      classifyHono({ value: answer(), context: {} as never }, () => NOW),
    ];
    for (const ruling of rulings) expect(ruling).toEqual({ outcome: 'failure', kind: '503', retryAfter: 30_000 });
    expect(classifyUpstream({ value: answer() }).retryAfter).toBeGreaterThan(30_000);
  });
});
