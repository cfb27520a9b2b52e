import { fixed } from '@switchgear/core';
import {
  type Breaker,
  type CircuitBreakerOptions,
  circuitBreaker,
  circuitHealth,
  circuitTiming,
  createRegistry,
  routeOf,
} from '@switchgear/hono';
import { type Handler, Hono } from 'hono';
import { equal } from '../kit/check.ts';
import type { Spec } from '../kit/spec.ts';
import { impatient, watched } from '../kit/watched.ts';

const needs = ['fetch'] as const;

/** `circuitBreaker` around routes, asked through the app as a request would. */
export const honoMiddleware: readonly Spec[] = [
  {
    name: 'hono: answers below 500 come through and are successes',
    needs,
    async run() {
      const { ask, breaker } = route((c) => (c.req.query('q') ? c.text('found') : c.notFound()));
      equal(await (await ask('/things?q=1')).text(), 'found');
      equal((await ask('/things')).status, 404);
      equal([breaker.metrics().calls, breaker.metrics().failures], [2, 0]);
    },
  },
  {
    name: 'hono: a failing route is no longer called, and the client gets Retry-After',
    needs,
    async run() {
      let ran = 0;
      const { ask } = route((c) => {
        ran++;
        return c.text('no', 502);
      });
      await ask('/things');
      await ask('/things');
      const refusal = await ask('/things');
      equal([refusal.status, ran], [503, 2]);
      equal(refusal.headers.get('content-type'), 'application/problem+json');
      equal([refusal.headers.get('retry-after'), refusal.headers.get('x-circuit-breaker')], ['1', 'open']);
      const { status, instance } = (await refusal.json()) as { status: number; instance: string };
      equal([status, instance], [503, '/things']);
    },
  },
  {
    name: 'hono: an error that a handler throws is a failure, even if the app handles it',
    needs,
    async run() {
      const { ask, breaker } = route(() => {
        throw new Error('down');
      });
      equal((await ask('/things')).status, 500);
      await ask('/things');
      equal(breaker.state, 'open');
    },
  },
  {
    name: 'hono: a function in onOpen gives the answer while open',
    needs,
    async run() {
      const onOpen = () => new Response('as of yesterday');
      const { ask, breaker } = route((c) => c.text('fresh'), { onOpen });
      equal(await (await ask('/things')).text(), 'fresh');
      breaker.trip();
      const stale = await ask('/things');
      equal([stale.status, await stale.text()], [200, 'as of yesterday']);
    },
  },
  {
    name: 'hono: the circuit is half-open when its open time has elapsed, and successful probes close it',
    needs,
    async run() {
      let healthy = false;
      const { ask, breaker, pass } = route((c) => c.text('', healthy ? 200 : 503));
      await ask('/things');
      await ask('/things');
      healthy = true;
      pass(999);
      equal((await ask('/things')).headers.get('x-circuit-breaker'), 'open');
      pass(1);
      equal([(await ask('/things')).status, breaker.state], [200, 'half-open']);
      equal([(await ask('/things')).status, breaker.state], [200, 'closed']);
    },
  },
  {
    name: 'hono: a health check succeeds while an optional dependency is down, and fails for a required one',
    needs,
    async run() {
      const { breaker } = watched();
      const app = new Hono();
      app.use(circuitTiming([breaker]));
      app.get('/health', circuitHealth({ breakers: [breaker] }));
      app.get('/ready', circuitHealth({ breakers: [breaker], needs: () => true }));
      equal([(await app.request('/health')).status, (await app.request('/ready')).status], [200, 200]);
      breaker.trip();
      const health = await app.request('/health');
      equal([health.status, await health.json()], [200, { status: 'degraded' }]);
      equal(health.headers.get('server-timing'), 'circuit;desc="watched: open"');
      equal((await app.request('/ready')).status, 503);
    },
  },
  {
    name: 'hono: with the pattern as its key a registry has a breaker for each route, not for each path',
    needs,
    async run() {
      const registry = createRegistry({ options: (key) => ({ ...impatient(key), openFor: fixed(60_000) }) });
      const app = new Hono();
      app.use(circuitBreaker({ breaker: (c) => registry.get(routeOf(c)) }));
      app.get('/users/:id', (c) => c.text('', 500));
      app.get('/health', (c) => c.text('fine'));
      for (const id of [1, 2, 3]) await app.request(`/users/${id}`);
      equal([registry.size, registry.peek('/users/:id')?.state], [1, 'open']);
      equal((await app.request('/health')).status, 200);
    },
  },
];

interface Route {
  readonly breaker: Breaker;
  ask(path: string): Promise<Response>;
  /** Advances the clock by this many milliseconds. */
  pass(ms: number): void;
}

function route(handler: Handler, options: Partial<CircuitBreakerOptions> = {}): Route {
  const { breaker, clock } = watched();
  const app = new Hono();
  // The default handler would log the error.
  app.onError((_error, c) => c.text('an error', 500));
  app.get('/things', circuitBreaker({ breaker, ...options }), handler);
  return { breaker, ask: async (path) => app.request(path), pass: (ms) => clock.advance(ms) };
}
