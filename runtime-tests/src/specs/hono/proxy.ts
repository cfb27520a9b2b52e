import { breakerProxy } from '@switchgear/hono';
import { Hono } from 'hono';
import { address } from '../kit/address.ts';
import { equal } from '../kit/check.ts';
import type { Spec } from '../kit/spec.ts';
import { watched } from '../kit/watched.ts';

const needs = ['fetch', 'server'] as const;

/** `breakerProxy` in front of a real server. */
export const honoProxy: readonly Spec[] = [
  {
    name: 'hono: a proxy forwards requests with path and query, and returns the answers',
    needs,
    async run({ server = '' }) {
      const { breaker } = watched();
      const app = new Hono().all('*', breakerProxy({ to: server, breaker }));
      const upstream = address(server, '/answer/201');
      const answer = await app.request(upstream.url.slice(server.length));
      equal([answer.status, await answer.text(), await upstream.reached()], [201, 'answered 201', 1]);
      equal(breaker.metrics().calls, 1);
    },
  },
  {
    name: 'hono: a proxy refuses requests to a failing upstream with an answer of its own',
    needs,
    async run({ server = '' }) {
      const { breaker } = watched();
      const app = new Hono().all('*', breakerProxy({ to: server, breaker }));
      const upstream = address(server, '/answer/503');
      const path = upstream.url.slice(server.length);
      for (let i = 0; i < 2; i++) equal(await (await app.request(path)).text(), 'answered 503');
      const refusal = await app.request(path);
      equal([refusal.status, refusal.headers.get('x-circuit-breaker')], [503, 'open']);
      equal(await upstream.reached(), 2);
    },
  },
  {
    name: 'hono: a connection that the upstream resets is a failure, and an error of the app',
    needs,
    async run({ server = '' }) {
      const { breaker } = watched();
      const app = new Hono().all('*', breakerProxy({ to: server, breaker }));
      app.onError((_error, c) => c.text('bad gateway', 502));
      for (let i = 0; i < 2; i++) equal((await app.request('/reset')).status, 502);
      equal(breaker.state, 'open');
    },
  },
];
