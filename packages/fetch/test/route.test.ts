import { createBalancer } from '@switchgear/balancer';
import { type FaultServer, faultServer } from '@switchgear/testkit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
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
const counts = () => servers.flatMap(({ seen }) => seen.map((headers) => headers['x-envoy-attempt-count']));
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

  it.each([
    ['plain options', '/', undefined],
    ['a Request', new Request('https://search.example/', { headers: { kept: 'yes' } }), undefined],
    ['headers', '/', { headers: { kept: 'yes' } }],
  ])('counts repeated attempts in a header: %s', async (_, input, init) => {
    allAnswer(503);
    await breakerFetch({ route: balancerOf() })(input, init);
    const seen = servers.flatMap((server) => server.seen);
    expect(seen.map((headers) => headers['x-envoy-attempt-count']).sort()).toEqual(['2', undefined]);
    expect(new Set(seen.map(({ kept }) => kept)).size).toBe(1);
  });

  it('leaves a count of the caller’s and options that cannot be copied as they are', async () => {
    allAnswer(503);
    const fetch = breakerFetch({ route: balancerOf() });
    await fetch('/', { headers: { 'x-envoy-attempt-count': '7' } });
    await fetch('/', new Request('https://search.example', { headers: { 'x-envoy-attempt-count': '7' } }));
    expect(counts()).toEqual(['7', '7', '7', '7']);
  });

  it('does not make a browser ask another origin whether it takes the header', async () => {
    allAnswer(503);
    try {
      vi.stubGlobal('location', { origin: 'https://shop.example' });
      await breakerFetch({ route: balancerOf() })('https://search.example/');
      expect(counts()).toEqual([undefined, undefined]);
      vi.stubGlobal('location', { origin: servers[0]?.url });
      const route = createBalancer({ name: 'search', endpoints: [{ id: 'own', url: servers[0]?.url as string }] });
      await breakerFetch({ route })('https://search.example/');
      expect(servers[0]?.seen.at(-1)?.['x-envoy-attempt-count']).toBe('2');
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it.each([
    ['forbids it', { 'x-should-retry': 'false' }],
    ['forbids it as gRPC does', { 'grpc-retry-pushback-ms': '-1' }],
    ['is overloaded, and there is no other tier', { 'x-envoy-overloaded': 'true' }],
  ])('repeats no request if the server %s', async (_, headers) => {
    for (const server of servers) server.always({ does: 'answer', status: 503, headers });
    await breakerFetch({ route: balancerOf() })('/');
    expect(all()).toBe(1);
  });

  it('spends what a proxy has repeated already', async () => {
    for (const server of servers)
      server.always({ does: 'answer', status: 503, headers: { 'x-envoy-attempt-count': '9' } });
    const fetch = breakerFetch({ route: balancerOf() });
    for (let request = 0; request < 2; request++) await fetch('/');
    // Ten retries are there: eight of the proxy and one of ours, after which one is left.
    expect(all()).toBe(3);
  });

  it('goes to another tier if the first is overloaded', async () => {
    servers[0]?.always({ does: 'answer', status: 503, headers: { 'x-envoy-overloaded': 'true' } });
    const endpoints = servers.map(({ url }, tier) => ({ id: `${tier}`, url, tier }));
    const fetch = breakerFetch({ route: createBalancer({ name: 'search', endpoints }) });
    expect((await fetch('/')).status).toBe(200);
    expect(requests()).toEqual([1, 1]);
  });

  it('asks each endpoint once if one says when to come back', async () => {
    const busy = { does: 'answer', status: 503, headers: { 'retry-after': '1' } } as const;
    for (const server of servers) server.always(busy);
    const fetch = breakerFetch({ route: balancerOf(), attempts: 5 });
    expect((await fetch('/')).status).toBe(503);
    expect(requests()).toEqual([1, 1]);
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
