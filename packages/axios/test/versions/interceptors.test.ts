import { createBreaker } from '@switchgear/core';
import { countPermits, type PermitCount } from '@switchgear/testkit';
import axios, { type AxiosError, type AxiosInstance } from 'axios';
import { beforeEach, describe, expect, it } from 'vitest';
import { protectAxios } from '../../src/index.ts';
import { memoryAdapter } from './memory-adapter.ts';

let instance: AxiosInstance;
let adapter: ReturnType<typeof memoryAdapter>;
let permits: PermitCount;

beforeEach(() => {
  adapter = memoryAdapter();
  instance = axios.create({ adapter });
  permits = countPermits(createBreaker({ name: 'interceptors' }));
});

const protect = () => protectAxios(instance, { breaker: permits.breaker });
const broken = () => {
  throw new Error('an interceptor with a mistake');
};

/** Whether an interceptor was there first decides where it runs, so each case is tried both ways. */
function eitherOrder(rule: string, add: () => void, check: () => Promise<void>): void {
  it(`${rule}: added before`, async () => {
    add();
    protect();
    await check();
  });

  it(`${rule}: added after`, async () => {
    protect();
    add();
    await check();
  });
}

describe('no interceptor comes between a permit and its settlement', () => {
  eitherOrder(
    'a request interceptor that throws takes no permit',
    () => void instance.interceptors.request.use(broken),
    async () => {
      await expect(instance.get('/ok')).rejects.toThrow('an interceptor with a mistake');
      expect(permits).toMatchObject({ issued: 0, inFlight: 0 });
    },
  );

  eitherOrder(
    'a synchronous request interceptor that throws takes no permit',
    () => void instance.interceptors.request.use(broken, null, { synchronous: true }),
    async () => {
      // Before 1.19 axios has a mistake of its own here, and in 1.6.0 it throws that instead of rejecting.
      await expect(async () => instance.get('/ok')).rejects.toThrow();
      expect(permits).toMatchObject({ issued: 0, inFlight: 0 });
    },
  );

  eitherOrder(
    'a response interceptor that throws finds the permit settled',
    () => void instance.interceptors.response.use(broken),
    async () => {
      await expect(instance.get('/ok')).rejects.toThrow('an interceptor with a mistake');
      expect(permits).toMatchObject({ issued: 1, inFlight: 0, settledTwice: 0 });
      expect(permits.breaker.metrics()).toMatchObject({ calls: 1, failures: 0 });
    },
  );

  eitherOrder(
    'a response interceptor that never settles finds the permit settled',
    () => {
      const never = new Promise<never>(() => undefined);
      instance.interceptors.response.use(
        () => never,
        () => never,
      );
    },
    async () => {
      void instance.get('/ok');
      void instance.get('/503');
      await expect.poll(() => permits.issued).toBe(2);
      await expect.poll(() => permits.inFlight).toBe(0);
      expect(permits.breaker.metrics()).toMatchObject({ calls: 2, failures: 1 });
    },
  );

  eitherOrder(
    'a response interceptor that repeats the request takes a permit for each attempt, one after the other',
    () => {
      instance.interceptors.response.use(undefined, (error: AxiosError) => {
        expect(permits.inFlight).toBe(0);
        return instance({ ...error.config, url: '/ok' });
      });
    },
    async () => {
      expect((await instance.get('/503')).data).toBe('/ok');
      expect(adapter.sent).toEqual(['/503', '/ok']);
      expect(permits).toMatchObject({ issued: 2, inFlight: 0, settledTwice: 0 });
      expect(permits.breaker.metrics()).toMatchObject({ calls: 2, failures: 1 });
    },
  );

  eitherOrder(
    'a request interceptor that answers from elsewhere takes no permit',
    () => {
      instance.interceptors.request.use((config) => ({
        ...config,
        adapter: async (own) => ({ data: 'cached', status: 200, statusText: '', headers: {}, config: own }),
      }));
    },
    async () => {
      expect((await instance.get('/503')).data).toBe('cached');
      expect(permits.issued).toBe(0);
    },
  );
});

describe('what axios does around the network call', () => {
  beforeEach(() => void protect());

  it('a signal aborted beforehand takes no permit', async () => {
    await expect(instance.get('/ok', { signal: AbortSignal.abort() })).rejects.toThrow('canceled');
    expect(permits.issued).toBe(0);
  });

  it('transformRequest that throws takes no permit', async () => {
    await expect(instance.post('/ok', {}, { transformRequest: broken })).rejects.toThrow('mistake');
    expect(permits.issued).toBe(0);
  });

  it('an unknown adapter takes no permit', async () => {
    protectAxios(instance, { breaker: createBreaker({ name: 'outer' }) }).eject();
    await expect(instance.get('/ok', { adapter: 'nobody' })).rejects.toThrow("Unknown adapter 'nobody'");
    expect(permits.issued).toBe(0);
  });

  it('an abort after the answer changes nothing about it', async () => {
    const controller = new AbortController();
    const { signal } = controller;
    permits.breaker.subscribe(() => controller.abort(), { outcomes: true });
    await expect(instance.get('/ok', { signal })).rejects.toThrow('canceled');
    expect(permits).toMatchObject({ issued: 1, inFlight: 0, settledTwice: 0 });
    expect(permits.breaker.metrics()).toMatchObject({ calls: 1, failures: 0, ignored: 0 });
  });

  it('an adapter that throws at once is a failure, and its error comes through', async () => {
    await expect(instance.get('/throws')).rejects.toThrow('an adapter with a mistake');
    expect(permits).toMatchObject({ issued: 1, inFlight: 0, settledTwice: 0 });
    expect(permits.breaker.metrics()).toMatchObject({ failures: 1 });
  });
});
