import { consecutiveFailures, createBreaker, fixed, isCircuitOpen, probes } from '@switchgear/core';
import { manualClock } from '@switchgear/core/testing';
import { countPermits, type FaultServer, faultServer } from '@switchgear/testkit';
import axios, { type AxiosInstance } from 'axios';
import axiosRetry, { type IAxiosRetryConfig } from 'axios-retry';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { notCircuitOpen, protectAxios } from '../../src/index.ts';

let server: FaultServer;
beforeEach(async () => {
  server = await faultServer();
});
afterEach(() => server.close());

const clock = manualClock();

/** Retries three times, as fast as it can; its default condition is what most people leave it with. */
const RETRIES: IAxiosRetryConfig = { retries: 3 };

const orders: readonly [
  order: string,
  steps: (instance: AxiosInstance, protect: () => void, retry: IAxiosRetryConfig) => void,
][] = [
  ['installed before', (instance, protect, retry) => [axiosRetry(instance, retry), protect()]],
  ['installed after', (instance, protect, retry) => [protect(), axiosRetry(instance, retry)]],
];

describe.each(orders)('axios-retry %s', (_order, install) => {
  function underTest(retry: IAxiosRetryConfig, limit = 100) {
    const permits = countPermits(
      createBreaker({
        name: 'retried',
        openWhen: consecutiveFailures(limit),
        openFor: fixed(1_000),
        recover: probes({ permitted: 1, successes: 1 }),
        clock,
      }),
    );
    const instance = axios.create({ baseURL: server.url });
    install(instance, () => void protectAxios(instance, { breaker: permits.breaker }), retry);
    return { instance, permits };
  }

  it('each attempt takes a permit and settles it before the next', async () => {
    const { instance, permits } = underTest(RETRIES);
    server.next({ does: 'answer', status: 503 }, { does: 'answer', status: 500 }, { does: 'reset' });
    await expect(instance.get('/')).resolves.toHaveProperty('status', 200);
    expect(permits).toMatchObject({ issued: 4, inFlight: 0, settledTwice: 0 });
    expect(permits.breaker.metrics()).toMatchObject({ calls: 4, failures: 3 });
  });

  it('the attempts of one request can open the circuit, and the rest of them are refused', async () => {
    const { instance, permits } = underTest(RETRIES, 2);
    server.always({ does: 'answer', status: 503 });
    await expect(instance.get('/')).rejects.toSatisfy(isCircuitOpen);
    expect(server.requests).toBe(2);
    expect(permits).toMatchObject({ issued: 2, inFlight: 0 });
  });

  it('a probe that fails is not in the way of its own repetition', async () => {
    const { instance, permits } = underTest({ ...RETRIES, onRetry: () => clock.advance(1_000) }, 1);
    permits.breaker.trip();
    clock.advance(1_000);
    server.next({ does: 'answer', status: 503 });
    await expect(instance.get('/')).resolves.toHaveProperty('status', 200);
    expect(permits.breaker.state).toBe('closed');
    expect(permits).toMatchObject({ issued: 2, inFlight: 0, settledTwice: 0 });
  });

  it('by default it repeats refusals', async () => {
    const { instance, permits } = underTest(RETRIES);
    permits.breaker.trip();
    await expect(instance.get('/')).rejects.toSatisfy(isCircuitOpen);
    expect(permits.breaker.metrics().rejected).toBe(4);
  });

  it('with notCircuitOpen in its condition it does not', async () => {
    const { instance, permits } = underTest({
      ...RETRIES,
      retryCondition: (error) => notCircuitOpen(error) && axiosRetry.isNetworkOrIdempotentRequestError(error),
    });
    server.next({ does: 'answer', status: 503 });
    await expect(instance.get('/')).resolves.toHaveProperty('status', 200);
    permits.breaker.trip();
    await expect(instance.get('/')).rejects.toSatisfy(isCircuitOpen);
    expect(permits.breaker.metrics().rejected).toBe(1);
    expect(server.requests).toBe(2);
  });
});
