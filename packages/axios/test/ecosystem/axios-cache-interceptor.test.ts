import { createBreaker, isCircuitOpen } from '@switchgear/core';
import { countPermits, type FaultServer, faultServer, type PermitCount } from '@switchgear/testkit';
import axios, { type AxiosInstance } from 'axios';
import { type AxiosCacheInstance, type CacheOptions, setupCache } from 'axios-cache-interceptor';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { protectAxios } from '../../src/index.ts';

let server: FaultServer;
let permits: PermitCount;
beforeEach(async () => {
  server = await faultServer();
  permits = countPermits(createBreaker({ name: 'cached' }));
});
afterEach(() => server.close());

type Install = (instance: AxiosInstance, protect: () => void, options: CacheOptions) => AxiosCacheInstance;

const orders: readonly [order: string, install: Install][] = [
  [
    'set up before',
    (instance, protect, options) => {
      const cached = setupCache(instance, options);
      protect();
      return cached;
    },
  ],
  [
    'set up after',
    (instance, protect, options) => {
      protect();
      return setupCache(instance, options);
    },
  ],
];

describe.each(orders)('axios-cache-interceptor %s', (_order, install) => {
  function underTest(options: CacheOptions = {}): AxiosCacheInstance {
    const instance = axios.create({ baseURL: server.url });
    return install(instance, () => void protectAxios(instance, { breaker: permits.breaker }), options);
  }

  it('a hit takes no permit, and is served while the circuit is open', async () => {
    const cached = underTest();
    const { data } = await cached.get('/');
    permits.breaker.trip();
    await expect(cached.get('/')).resolves.toMatchObject({ data, cached: true });
    expect(permits).toMatchObject({ issued: 1, inFlight: 0 });
    expect(permits.breaker.metrics().rejected).toBe(0);
  });

  it('staleIfError serves what it has while the circuit is open', async () => {
    // It keeps what has expired only if that could be revalidated.
    server.always({ does: 'answer', headers: { etag: '"1"' } });
    const cached = underTest({ ttl: 1, interpretHeader: false, staleIfError: true });
    const { data } = await cached.get('/');
    permits.breaker.trip();
    await expect.poll(() => cached.get('/')).toMatchObject({ data, stale: true });
    expect(server.requests).toBe(1);
    expect(permits.breaker.metrics().rejected).toBeGreaterThan(0);
  });

  it('without anything to serve the refusal comes through', async () => {
    const cached = underTest({ staleIfError: true });
    permits.breaker.trip();
    await expect(cached.get('/')).rejects.toSatisfy(isCircuitOpen);
    expect(server.requests).toBe(0);
  });
});
