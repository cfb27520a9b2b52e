import { createBalancer } from '@switchgear/balancer';
import { type FaultServer, faultServer } from '@switchgear/testkit';
import { Hono } from 'hono';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BreakerProxyOptions, breakerProxy } from '../src/index.ts';

let servers: FaultServer[];

beforeEach(async () => {
  servers = await Promise.all([faultServer(), faultServer()]);
});
afterEach(() => Promise.all(servers.map((server) => server.close())));

const balancerOf = () =>
  createBalancer({ name: 'search', endpoints: servers.map(({ url }, index) => ({ id: `${index}`, url })) });
const all = () => servers.reduce((sum, { requests }) => sum + requests, 0);
const appOf = (options: BreakerProxyOptions) => new Hono().all('*', breakerProxy(options));

describe('breakerProxy with a route', () => {
  it('forwards a request to an endpoint, with its path', async () => {
    const app = appOf({ route: balancerOf() });
    const answer = await app.request('/find?q=a');
    expect([answer.status, await answer.text()]).toEqual([200, 'ok']);
    expect(all()).toBe(1);
  });

  it('tries another endpoint after a failure, and the service hears how the request ends', async () => {
    const route = balancerOf();
    const app = appOf({ route });
    servers[0]?.always({ does: 'answer', status: 503 });
    for (let call = 0; call < 5; call++) expect((await app.request('/')).status).toBe(200);
    servers[1]?.always({ does: 'answer', status: 503 });
    expect((await app.request('/')).status).toBe(503);
    expect(route.service.metrics()).toMatchObject({ calls: 6, failures: 1 });
  });

  it('counts its own repeated attempts in a header', async () => {
    for (const server of servers) server.always({ does: 'answer', status: 503 });
    await appOf({ route: balancerOf() }).request('/', { headers: { 'x-envoy-attempt-count': '1' } });
    expect(servers.flatMap(({ seen }) => seen.map((headers) => headers['x-envoy-attempt-count'])).sort()).toEqual([
      '1',
      '2',
    ]);
  });

  it('sends a kept body again if attempts says so, and only then', async () => {
    for (const server of servers) server.always({ does: 'answer', status: 503 });
    const post = { method: 'POST', body: 'order' };
    await appOf({ route: balancerOf() }).request('/', post);
    expect(all()).toBe(1);
    await appOf({ route: balancerOf(), attempts: () => 2 }).request('/', post);
    expect(all()).toBe(3);
    await appOf({ route: balancerOf(), attempts: () => 2, bufferBody: 0 }).request('/', post);
    expect(all()).toBe(4);
  });

  it('answers 503 while no endpoint may be called, which is no failure of the service', async () => {
    const route = balancerOf();
    for (const breaker of route) if (breaker !== route.service) breaker.trip();
    const answer = await appOf({ route }).request('/');
    expect(answer.status).toBe(503);
    expect(answer.headers.get('x-circuit-breaker')).toBe('open');
    expect(route.service.metrics()).toMatchObject({ calls: 0, ignored: 1 });
  });

  it('needs an address or a route', () => {
    expect(() => breakerProxy({})).toThrow('to');
    expect(() => breakerProxy({ route: {} as never })).toThrow('route must be a router');
  });
});
