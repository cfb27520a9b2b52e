import { createBalancer } from '@switchgear/balancer';
import { type FaultServer, faultServer } from '@switchgear/testkit';
import axios from 'axios';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBreaker, isCircuitOpen, protectAxios } from '../src/index.ts';

let servers: FaultServer[];

beforeEach(async () => {
  servers = await Promise.all([faultServer(), faultServer()]);
});
afterEach(() => Promise.all(servers.map((server) => server.close())));

const balancerOf = () =>
  createBalancer({ name: 'search', endpoints: servers.map(({ url }, index) => ({ id: `${index}`, url })) });
const all = () => servers.reduce((sum, { requests }) => sum + requests, 0);
const status = (promise: Promise<{ status: number }>) => promise.then((answer) => answer.status);

describe('axios with a route', () => {
  it('sends a path, a baseURL and a whole address to an endpoint', async () => {
    for (const config of [
      { url: '/find' },
      { baseURL: 'https://search.example/v1', url: '/find' },
      { baseURL: '/v1', url: 'find' },
      { url: 'https://search.example/find' },
    ]) {
      const client = axios.create();
      protectAxios(client, { route: balancerOf() });
      expect(await status(client.request(config))).toBe(200);
    }
    expect(all()).toBe(4);
  });

  it('tries another endpoint after a failure, and the service hears how the request ends', async () => {
    const client = axios.create();
    const route = balancerOf();
    protectAxios(client, { route });
    servers[0]?.always({ does: 'answer', status: 503 });
    for (let call = 0; call < 5; call++) expect(await status(client.get('/'))).toBe(200);
    servers[1]?.always({ does: 'reset' });
    await expect(client.get('/')).rejects.toMatchObject({ isAxiosError: true });
    expect(route.service.metrics()).toMatchObject({ calls: 6, failures: 1 });
  });

  it('repeats no request that may change something, unless attempts says so', async () => {
    for (const server of servers) server.always({ does: 'answer', status: 503 });
    const client = axios.create({ validateStatus: () => true });
    const protection = protectAxios(client, { route: balancerOf() });
    await client.post('/', 'once');
    expect(all()).toBe(1);
    protection.eject();
    protectAxios(client, { route: balancerOf(), attempts: ({ method }) => (method === 'PUT' ? 2 : 1) });
    await client.put('/', 'twice');
    expect(all()).toBe(3);
  });

  it('counts repeated attempts in a header, unless the caller does', async () => {
    for (const server of servers) server.always({ does: 'answer', status: 503 });
    const client = axios.create({ validateStatus: () => true });
    protectAxios(client, { route: balancerOf() });
    const counts = () => servers.flatMap(({ seen }) => seen.map((headers) => headers['x-envoy-attempt-count'])).sort();
    await client.get('/');
    expect(counts()).toEqual(['2', undefined]);
    await client.get('/', { headers: { 'X-Envoy-Attempt-Count': '7' } });
    expect(counts()).toEqual(['2', '7', '7', undefined]);
  });

  it('goes by what the server says of another attempt', async () => {
    const client = axios.create();
    protectAxios(client, { route: balancerOf() });
    for (const headers of [{ 'x-should-retry': 'false' }, { 'x-envoy-overloaded': 'true' }]) {
      for (const server of servers) server.always({ does: 'answer', status: 503, headers });
      await expect(client.get('/')).rejects.toMatchObject({ response: { status: 503 } });
    }
    expect(all()).toBe(2);
  });

  it('refuses while no endpoint may be called, with the config and without a response', async () => {
    const client = axios.create();
    const route = balancerOf();
    protectAxios(client, { route });
    for (const breaker of route) if (breaker !== route.service) breaker.trip();
    const error = await client.get('/find').catch((thrown: unknown) => thrown);
    expect(error).toSatisfy(isCircuitOpen);
    expect(error).toMatchObject({ code: 'EOPENBREAKER', config: { url: '/find' } });
    expect(all()).toBe(0);
  });

  it('takes a route or a breaker, not both', () => {
    const route = balancerOf();
    const breaker = createBreaker({ name: 'x' });
    expect(() => protectAxios(axios.create(), { route, breaker })).toThrow('a breaker or a route, not both');
  });
});
