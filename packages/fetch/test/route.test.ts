import { createBalancer } from '@switchgear/balancer';
import { type FaultServer, faultServer } from '@switchgear/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { breakerFetch, createBreaker, isBreakerResponse, isCircuitOpen } from '../src/index.ts';

let servers: FaultServer[];

beforeEach(async () => {
  servers = await Promise.all([faultServer(), faultServer()]);
});
afterEach(() => Promise.all(servers.map((server) => server.close())));

const balancerOf = () =>
  createBalancer({ name: 'search', endpoints: servers.map(({ url }, index) => ({ id: `${index}`, url })) });
const requests = () => servers.map((server) => server.requests);
const all = () => requests().reduce((sum, count) => sum + count, 0);
const allAnswer = (status: number) => {
  for (const server of servers) server.always({ does: 'answer', status });
};

describe('fetch with a route', () => {
  it('sends a path, a whole address and a Request to an endpoint, with path and query', async () => {
    const fetch = breakerFetch({ route: balancerOf() });
    for (const input of [
      '/find?q=a',
      'https://search.example/find?q=a',
      new Request('https://search.example/find?q=a'),
    ]) {
      const answer = await fetch(input);
      expect(answer.status).toBe(200);
      expect(servers.map(({ url }) => `${url}/find?q=a`)).toContain(answer.url);
      await answer.text();
    }
    expect(all()).toBe(3);
  });

  it('tries another endpoint after a failure, and the service hears how the request ends', async () => {
    const route = balancerOf();
    const fetch = breakerFetch({ route });
    for (const server of servers) server.next({ does: 'answer', status: 503 });
    expect((await fetch('/')).status).toBe(503);
    expect(requests()).toEqual([1, 1]);
    expect(route.service.metrics()).toMatchObject({ calls: 1, failures: 1 });
    servers[0]?.always({ does: 'reset' });
    for (let call = 0; call < 5; call++) expect((await fetch('/')).status).toBe(200);
    expect(route.service.metrics()).toMatchObject({ calls: 6, failures: 1 });
  });

  it('repeats no request that may change something, unless attempts says so', async () => {
    allAnswer(503);
    const fetch = breakerFetch({ route: balancerOf() });
    await fetch('/', { method: 'POST', body: 'once' });
    expect(all()).toBe(1);
    const asked = breakerFetch({ route: balancerOf(), attempts: ({ method }) => (method === 'PUT' ? 2 : 1) });
    await asked('/', { method: 'PUT', body: 'twice' });
    expect(all()).toBe(3);
  });

  it('sends a stream once, whatever attempts says', async () => {
    allAnswer(503);
    const fetch = breakerFetch({ route: balancerOf(), attempts: () => 2 });
    await fetch('/', { method: 'PUT', body: new Blob(['x']).stream(), duplex: 'half' } as RequestInit);
    expect(all()).toBe(1);
  });

  it('makes no attempt once the caller has left', async () => {
    const fetch = breakerFetch({ route: balancerOf() });
    const left = new AbortController();
    for (const server of servers) server.always({ does: 'hang' });
    const call = fetch('/', { signal: left.signal });
    while (all() === 0) await new Promise((resolve) => setImmediate(resolve));
    left.abort();
    await expect(call).rejects.toMatchObject({ name: 'AbortError' });
    expect(all()).toBe(1);
  });

  it('refuses while no endpoint may be called, as onOpen says', async () => {
    const route = balancerOf();
    for (const breaker of route) if (breaker !== route.service) breaker.trip();
    await expect(breakerFetch({ route })('/')).rejects.toSatisfy(isCircuitOpen);
    expect(isBreakerResponse(await breakerFetch({ route, onOpen: 'respond' })('/'))).toBe(true);
    expect(route.service.metrics()).toMatchObject({ calls: 0, ignored: 2 });
    expect(all()).toBe(0);
  });

  it('says which endpoint has no address', async () => {
    const route = createBalancer({ name: 'search', endpoints: [{ id: 'a' }] });
    await expect(breakerFetch({ route })('/')).rejects.toThrow("the endpoint 'a' has no address");
  });

  it('takes a route or a breaker, not both, and whole attempts', () => {
    const route = balancerOf();
    expect(() => breakerFetch({ route, breaker: createBreaker({ name: 'x' }) })).toThrow(
      'a breaker or a route, not both',
    );
    expect(() => breakerFetch({ route: {} as never })).toThrow('route must be a router');
    expect(() => breakerFetch({ route, attempts: 0.5 })).toThrow('attempts must be a whole number');
  });
});
