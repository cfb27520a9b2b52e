import { text } from 'node:stream/consumers';
import { consecutiveFailures, createBreaker, fixed, probes } from '@switchgear/core';
import { manualClock } from '@switchgear/core/testing';
import { countPermits, type FaultServer, faultServer } from '@switchgear/testkit';
import axios from 'axios';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { protectAxios } from '../../src/index.ts';
import { NETWORK_ADAPTERS } from './network-adapters.ts';

let server: FaultServer;
beforeEach(async () => {
  server = await faultServer();
});
afterEach(() => server.close());

describe.each(NETWORK_ADAPTERS)('over %s', (adapter) => {
  it('a stream is settled at its headers; that it breaks off later changes nothing', async () => {
    const permits = countPermits(createBreaker({ name: 'stream' }));
    const instance = axios.create({ adapter, baseURL: server.url });
    protectAxios(instance, { breaker: permits.breaker });
    server.next({ does: 'half-body' });
    const response = await instance.get('/', { responseType: 'stream' });
    expect(permits).toMatchObject({ issued: 1, inFlight: 0 });
    await expect(text(response.data)).rejects.toThrow();
    expect(permits.settledTwice).toBe(0);
    expect(permits.breaker.metrics()).toMatchObject({ calls: 1, failures: 0 });
  });

  it('Retry-After keeps the circuit open for as long as the server asks', async () => {
    const breaker = createBreaker({
      name: 'busy',
      openWhen: consecutiveFailures(2),
      openFor: fixed(100),
      clock: manualClock(),
    });
    const instance = axios.create({ adapter, baseURL: server.url });
    protectAxios(instance, { breaker });
    server.always({ does: 'answer', status: 503, headers: { 'retry-after': '30' } });
    while (breaker.state === 'closed') await instance.get('/').catch(() => undefined);
    expect(breaker.retryAfter).toBe(30_000);
  });
});

describe('a request that never settles', () => {
  it('holds a probe’s place until the permit times out, and no longer', async () => {
    const clock = manualClock();
    const breaker = createBreaker({
      name: 'stuck',
      openFor: fixed(1_000),
      recover: probes({ permitted: 1, successes: 1 }),
      permitTimeout: 5_000,
      clock,
    });
    const instance = axios.create({ adapter: 'http', baseURL: server.url });
    protectAxios(instance, { breaker });
    breaker.trip();
    clock.advance(1_000);

    // The http adapter throws this where it cannot be caught, and leaves its promise pending.
    const thrown = nextUncaught();
    void instance.get('/', {
      validateStatus: () => {
        throw new Error('a validateStatus with a mistake');
      },
    });
    expect(await thrown).toHaveProperty('message', 'a validateStatus with a mistake');
    await expect(instance.get('/')).rejects.toHaveProperty('code', 'EOPENBREAKER');

    clock.advance(5_000);
    await instance.get('/');
    expect(breaker.state).toBe('closed');
    expect(breaker.metrics().lost).toBe(1);
  });
});

/** The next uncaught error, taken away from the test runner. */
function nextUncaught(): Promise<unknown> {
  const listeners = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException');
  onTestFinished(() => {
    process.removeAllListeners('uncaughtException');
    for (const listener of listeners) process.on('uncaughtException', listener);
  });
  return new Promise((resolve) => process.once('uncaughtException', resolve));
}
