import { CircuitOpenError, createBreaker, createRegistry } from '@switchgear/core';
import { watchBreaker } from '@switchgear/testkit';
import { Hono } from 'hono';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  bindingFetch,
  breakerProxy,
  circuitBreaker,
  circuitHealth,
  circuitTiming,
  classifyUpstream,
} from '../src/index.ts';

// Hono prints the errors that it answers with 500.
beforeEach(() => void vi.spyOn(console, 'error').mockReturnValue());
afterEach(() => vi.restoreAllMocks());

const refusal = new CircuitOpenError('below', 1, { rule: 'trip', at: 0 });
const mistake = new Error('a mistake');

/** User functions that fail. An unhandled rejection of any of them would end the process and with it this run. */
const wrong: Readonly<Record<string, () => never>> = {
  throws: () => {
    throw mistake;
  },
  rejects: (() => Promise.reject(mistake)) as never,
  'returns a promise': (() => Promise.resolve('failure')) as never,
};

describe('a classifier that fails is reported, and the default applies', () => {
  it.each(Object.keys(wrong))('%s', async (how) => {
    const reported: string[] = [];
    const { breaker, outcomes } = watchBreaker({ onError: (_error, where) => reported.push(where) });
    const classify = wrong[how] as never;
    const route = new Hono().get('*', circuitBreaker({ breaker, classify }), (c) => c.text('', 503));
    const forward = () => new Response('', { status: 503 });
    const proxied = new Hono().get('*', breakerProxy({ to: 'http://a.example', breaker, classify, forward }));
    const fetch = bindingFetch({ fetch: async () => forward() }, { breaker, classify });
    for (const app of [route, proxied]) expect((await app.request('/')).status).toBe(503);
    expect((await fetch('http://a.example')).status).toBe(503);
    expect(outcomes).toEqual(['failure 503', 'failure 503', 'failure 503']);
    expect(new Set(reported)).toEqual(new Set(['classify']));
  });
});

describe('if no breaker can be picked, that request fails', () => {
  it.each<[what: string, pick: () => unknown, message: string]>([
    [
      'a promise of a breaker',
      async () => watchBreaker().breaker,
      'what breaker picks must be a breaker or undefined, at once, got an object',
    ],
    [
      'a promise that rejects',
      async () => Promise.reject(mistake),
      'what breaker picks must be a breaker or undefined, at once, got an object',
    ],
    [
      'a value that is not a breaker',
      () => 'payments',
      "what breaker picks must be a breaker or undefined, at once, got 'payments'",
    ],
    [
      'a registry',
      () => createRegistry({ options: (name) => ({ name }) }),
      'what breaker picks must be a breaker or undefined, at once, got an object',
    ],
    ['an error', wrong['throws'] as () => never, 'a mistake'],
  ])('%s', async (_what, pick, message) => {
    const breaker = pick as () => undefined;
    const handlers = [circuitBreaker({ breaker }), breakerProxy({ to: 'http://a.example', breaker })];
    for (const handler of handlers) {
      const app = new Hono().get('*', handler, () => expect.unreachable());
      app.onError((error, c) => c.text(error.message, 500));
      expect((await (await app.request('/')).text()).replace('Switchgear: ', '')).toBe(message);
    }
  });

  it('without a breaker the request goes through', async () => {
    for (const none of [undefined, null]) {
      const app = new Hono().get('*', circuitBreaker({ breaker: () => none as undefined }), (c) => c.text('ok'));
      expect(await (await app.request('/')).text()).toBe('ok');
    }
  });
});

describe('a function that answers for an open circuit', () => {
  it.each(['throws', 'rejects'])('%s: the request fails with its error, and nothing is counted', async (how) => {
    const { breaker, outcomes } = watchBreaker();
    breaker.trip();
    const onOpen = wrong[how] as never;
    const app = new Hono();
    app.get('/route', circuitBreaker({ breaker, onOpen }), () => expect.unreachable());
    app.get('/proxy', breakerProxy({ to: 'http://a.example', breaker, onOpen }));
    app.get('/binding', (c) => bindingFetch({ fetch: () => expect.unreachable() }, { breaker, onOpen })(c.req.raw));
    app.onError((error, c) => c.text(error.message, 500));
    for (const path of ['/route', '/proxy', '/binding']) {
      expect(await (await app.request(path)).text()).toBe('a mistake');
    }
    expect(outcomes).toEqual([]);
  });
});

describe('health checks and timings answer even if their functions fail', () => {
  it.each(Object.keys(wrong))('%s', async (how) => {
    const reported: string[] = [];
    const { breaker } = watchBreaker({ onError: (_error, where) => reported.push(where) });
    breaker.trip();
    const app = new Hono();
    const onError = (_error: unknown, where: string) => void reported.push(where);
    app.use(circuitTiming(wrong[how] as never, { onError }), circuitTiming([breaker]));
    app.get('/', circuitHealth({ breakers: [breaker], needs: wrong[how] as never }));
    const response = await app.request('/');
    expect([response.status, await response.json()]).toEqual([200, { status: 'degraded' }]);
    expect(response.headers.get('server-timing')).toBe('circuit;desc="watched: open"');
    await Promise.resolve();
    expect(new Set(reported)).toEqual(new Set(['needs', 'circuitTiming']));
  });
});

describe('foreign errors', () => {
  const throwing = () => {
    throw mistake;
  };
  const getters = Object.defineProperties(new Error('x'), {
    cause: { get: throwing },
    name: { get: throwing },
    errors: { get: throwing },
    status: { get: throwing },
    remote: { get: throwing },
  });
  const { proxy: revoked, revoke } = Proxy.revocable(new Error('x'), {});
  revoke();
  const cycle = new AggregateError([new Error('x')]);
  cycle.errors.push(cycle);

  it.each<[what: string, error: unknown, route: string, upstream: string]>([
    ['getters that throw', getters, 'failure 500', 'failure network'],
    ['no prototype', Object.create(null), 'failure thrown', 'failure network'],
    ['a proxy that was revoked', revoked, 'failure', 'failure network'],
    ['a cycle', cycle, 'failure 500', 'failure network'],
    ['refusals alone', new AggregateError([refusal, refusal]), 'ignored EOPENBREAKER', 'ignored EOPENBREAKER'],
    ['a refusal among failures', new AggregateError([refusal, new Error('x')]), 'failure 500', 'failure network'],
    ['a failure before a refusal', new AggregateError([new Error('x'), refusal]), 'failure 500', 'failure network'],
    [
      'a refusal among what another Worker threw',
      new AggregateError([refusal, Object.assign(new Error('x'), { remote: true })]),
      'failure 500',
      'failure remote',
    ],
    ['an invalid ruling', { '@switchgear/ruling': { outcome: 'fine' } }, 'failure thrown', 'failure network'],
  ])('are classified, and come through: %s', async (_what, error, route, upstream) => {
    const { breaker, outcomes, permits } = watchBreaker();
    const app = new Hono();
    const fail = () => {
      throw error;
    };
    app.get('/route', circuitBreaker({ breaker }), fail);
    const forward = () => Promise.reject(error);
    app.get('/proxy', breakerProxy({ to: 'http://a.example', breaker, forward }));
    await Promise.resolve()
      .then(() => app.request('/route'))
      .catch(() => undefined);
    await Promise.resolve()
      .then(() => app.request('/proxy'))
      .catch(() => undefined);
    expect(outcomes[0]?.startsWith(route)).toBe(true);
    expect(outcomes[1]).toBe(upstream);
    expect(permits).toMatchObject({ issued: 2, inFlight: 0 });
    expect(classifyUpstream({ error }).outcome).toBe(upstream.split(' ')[0]);
  });

  it('and so are values that are not answers', () => {
    const hostile = Object.defineProperty({ status: 503 }, 'headers', { get: throwing });
    for (const value of [Object.create(null), revoked, hostile, () => 1, 'x']) {
      expect(['success', 'failure']).toContain(classifyUpstream({ value }).outcome);
    }
    expect(classifyUpstream({ value: hostile })).toEqual({ outcome: 'failure', kind: '503' });
  });
});

it.each(['__proto__', 'constructor', 'valueOf', 'hasOwnProperty', 'toString', ''])(
  'a breaker may be named %j, in health checks and timings',
  async (name) => {
    const breaker = createBreaker({ name: name || ' ' });
    breaker.trip(1_500.4);
    const app = new Hono()
      .use(circuitTiming([breaker]))
      .get('/', circuitHealth({ breakers: [breaker], details: true }));
    const response = await app.request('/');
    const { circuits } = (await response.json()) as { circuits: { name: string; retryAfter: number }[] };
    expect(circuits).toMatchObject([{ name: breaker.name, state: 'open' }]);
    expect(Number.isInteger(circuits[0]?.retryAfter)).toBe(true);
    expect(response.headers.get('server-timing')).toBe(`circuit;desc="${breaker.name}: open"`);
  },
);
