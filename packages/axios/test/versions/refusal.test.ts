import { CircuitOpenError, createBreaker, findCircuitOpen, isCircuitOpen } from '@switchgear/core';
import axios, { AxiosError, type InternalAxiosRequestConfig, isAxiosError, isCancel } from 'axios';
import { describe, expect, it } from 'vitest';
import { notCircuitOpen, protectAxios } from '../../src/index.ts';

describe('a refused request', () => {
  it('is rejected with an AxiosError that has the config and no response', async () => {
    const error = await refused();
    expect(error).toBeInstanceOf(AxiosError);
    expect(isAxiosError(error)).toBe(true);
    expect(isCancel(error)).toBe(false);
    expect(error).toMatchObject({
      name: 'AxiosError',
      code: 'EOPENBREAKER',
      message: expect.stringContaining('"ledger"'),
    });
    expect(error.config).toMatchObject({ url: '/x', method: 'get', timeout: 5 });
    expect(error).not.toHaveProperty('response');
    expect(error).not.toHaveProperty('request');
    expect(error.status).toBeUndefined();
  });

  it('has the breaker’s own error as its cause, out of the sight of loggers', async () => {
    const error = await refused();
    expect(error.cause).toBeInstanceOf(CircuitOpenError);
    expect(Object.keys(error)).not.toContain('cause');
    expect(isCircuitOpen(error)).toBe(true);
    expect(notCircuitOpen(error)).toBe(false);
    expect(findCircuitOpen(error)).toMatchObject({ breaker: 'ledger', retryAfter: 5_000, because: { rule: 'trip' } });
  });

  it('survives JSON', async () => {
    const json = JSON.parse(JSON.stringify(await refused()));
    expect(json).toMatchObject({ code: 'EOPENBREAKER', config: { url: '/x' } });
  });

  it('passes through response interceptors like an error from the network', async () => {
    const instance = axios.create({ adapter: unreachable });
    const breaker = openBreaker();
    protectAxios(instance, { breaker });
    const seen: (InternalAxiosRequestConfig | undefined)[] = [];
    instance.interceptors.response.use(undefined, (error: AxiosError) => {
      seen.push(error.config);
      return { data: 'stale' };
    });
    expect(await instance.get('/x')).toEqual({ data: 'stale' });
    expect(seen).toEqual([expect.objectContaining({ url: '/x' })]);
    expect(breaker.metrics()).toMatchObject({ rejected: 1, ignored: 0 });
  });

  it('is distinguished from every other error', () => {
    expect(notCircuitOpen(new AxiosError('Network Error', 'ERR_NETWORK'))).toBe(true);
    expect(notCircuitOpen(new AxiosError('open', 'EOPENBREAKER'))).toBe(true);
    expect(notCircuitOpen(undefined)).toBe(true);
  });
});

async function refused(): Promise<AxiosError> {
  const instance = axios.create({ adapter: unreachable });
  protectAxios(instance, { breaker: openBreaker() });
  return instance.get('/x', { timeout: 5 }).then(
    () => expect.unreachable('an open circuit let a request through'),
    (error: AxiosError) => error,
  );
}

function openBreaker() {
  const breaker = createBreaker({ name: 'ledger', clock: { now: () => 0 } });
  breaker.trip(5_000);
  return breaker;
}

function unreachable(): never {
  expect.unreachable('an open circuit reached the network');
}
