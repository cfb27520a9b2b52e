import { createBreaker } from '@switchgear/core';
import { countPermits, type FaultServer, faultServer, type PermitCount } from '@switchgear/testkit';
import axios, { type AxiosInstance } from 'axios';
import MockAdapter from 'axios-mock-adapter';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { protectAxios } from '../../src/index.ts';

let server: FaultServer;
let instance: AxiosInstance;
let permits: PermitCount;
beforeEach(async () => {
  server = await faultServer();
  instance = axios.create({ baseURL: server.url });
  permits = countPermits(createBreaker({ name: 'mocked' }));
});
afterEach(() => server.close());

const protect = () => protectAxios(instance, { breaker: permits.breaker });

describe('a mock that was there first', () => {
  it('is the service that the breaker watches', async () => {
    const mock = new MockAdapter(instance as never);
    protect();
    mock.onGet('/ok').reply(200).onGet('/down').reply(503).onGet('/missing').reply(404);
    mock.onGet('/lost').networkError().onGet('/late').timeout().onGet('/left').abortRequest();
    for (const path of ['/ok', '/down', '/missing', '/lost', '/late', '/left']) {
      await instance.get(path).catch(() => undefined);
    }
    expect(permits).toMatchObject({ issued: 6, inFlight: 0, settledTwice: 0 });
    expect(permits.breaker.metrics()).toMatchObject({ calls: 5, failures: 3, ignored: 1 });
  });

  it('takes the protection with it when it restores, and the protection then ejects to nothing', async () => {
    const before = instance.defaults.adapter;
    const mock = new MockAdapter(instance as never);
    const protection = protect();
    mock.restore();
    expect(instance.defaults.adapter).toBe(before);
    protection.eject();
    expect(instance.defaults.adapter).toBe(before);
  });
});

describe('a mock that came after', () => {
  it('stands in for the protected network: the breaker sees only what it passes through', async () => {
    protect();
    const mock = new MockAdapter(instance as never);
    mock.onGet('/down').reply(503).onGet('/real').passThrough();
    await expect(instance.get('/down')).rejects.toHaveProperty('response.status', 503);
    expect(permits.issued).toBe(0);
    await expect(instance.get('/real')).resolves.toHaveProperty('status', 200);
    expect(permits).toMatchObject({ issued: 1, inFlight: 0 });
  });

  it('survives the protection, and what it restores lets through', async () => {
    const protection = protect();
    const mock = new MockAdapter(instance as never);
    mock.onGet('/down').reply(503);
    protection.eject();
    await expect(instance.get('/down')).rejects.toHaveProperty('response.status', 503);
    mock.restore();
    permits.breaker.trip();
    await expect(instance.get('/')).resolves.toHaveProperty('status', 200);
    expect(permits.issued).toBe(0);
  });
});
