import { createBreaker } from '@switchgear/core';
import { countPermits, type FaultServer, faultServer } from '@switchgear/testkit';
import axios, { type AxiosAdapter, type AxiosInstance, type AxiosRequestConfig } from 'axios';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { protectAxios } from '../../src/index.ts';
import { NETWORK_ADAPTERS } from './network-adapters.ts';

let server: FaultServer;
beforeAll(async () => {
  server = await faultServer();
});
afterAll(() => server.close());

const mine = new Error('mine');
const throwing = () => {
  throw mine;
};
const circle: Record<string, unknown> = {};
circle['self'] = circle;

/** Parameters that cannot be serialised. Some versions of axios can serialise some of them. */
const configs: Readonly<Record<string, AxiosRequestConfig>> = {
  'parameters that go in a circle': { params: circle },
  'a symbol among them': { params: { a: Symbol('x') } },
  'half a character': { params: { a: '\ud800' } },
  'an invalid date': { params: { a: new Date(Number.NaN) } },
  'a getter that throws': {
    params: {
      get a() {
        return throwing();
      },
    },
  },
  'a serialiser that throws': { params: { a: 1 }, paramsSerializer: { serialize: throwing } },
  'an encoder that throws': { params: { a: 1 }, paramsSerializer: { encode: throwing } },
};

const viaFunction =
  (name: 'http' | 'fetch'): AxiosAdapter =>
  async (config) =>
    axios.getAdapter(name)(config);

describe.each(NETWORK_ADAPTERS)('over %s', (name) => {
  it.each(Object.entries(configs))('a request whose address cannot be built is ignored: %s', async (_what, config) => {
    for (const adapter of [name, viaFunction(name)]) {
      const permits = countPermits(createBreaker({ name: 'mistakes' }));
      const client = axios.create({ adapter, baseURL: server.url });
      protectAxios(client, { breaker: permits.breaker });
      const before = server.requests;
      const thrown = await failureOf(client, config);
      const plain = await failureOf(axios.create({ adapter, baseURL: server.url }), config);
      expect(String(thrown)).toBe(String(plain));
      expect(server.requests).toBe(before);
      // Of some of these axios cannot even make a config, so that its adapter is not called.
      expect(permits.breaker.metrics()).toMatchObject({ calls: 0, ignored: permits.issued });
      expect(permits.inFlight).toBe(0);
    }
  });

  it('invalid credentials are ignored', async () => {
    const breaker = createBreaker({ name: 'mistakes' });
    const client = axios.create({ adapter: name, baseURL: server.url });
    protectAxios(client, { breaker });
    await expect(client.get('/', { auth: { username: Symbol('x') as never, password: '' } })).rejects.toThrow();
    expect(breaker.metrics()).toMatchObject({ failures: 0, ignored: 1 });
  });

  it('an error of the network is a failure, whatever the parameters', async () => {
    const breaker = createBreaker({ name: 'mistakes' });
    const client = axios.create({ adapter: name, baseURL: server.url, params: { a: 1 } });
    protectAxios(client, { breaker });
    server.next({ does: 'reset' });
    await expect(client.get('/')).rejects.toThrow();
    expect(breaker.metrics()).toMatchObject({ failures: 1, ignored: 0 });
  });
});

describe('a signal that fired before a request is sent', () => {
  /** Aborts when axios has checked already, and is about to call its adapter. */
  const late: Readonly<Record<string, (reason: unknown) => AxiosRequestConfig>> = {
    'a signal': (reason) => {
      const controller = new AbortController();
      return { signal: controller.signal, transformRequest: () => controller.abort(reason) };
    },
    'a signal that is a polyfill': (reason) => {
      const signal = Object.assign(new EventTarget(), { aborted: false, reason: undefined as unknown });
      return {
        signal: signal as AbortSignal,
        transformRequest: () => Object.assign(signal, { aborted: true, reason }),
      };
    },
    'a token': () => {
      const { token, cancel } = axios.CancelToken.source();
      return { cancelToken: token, transformRequest: () => cancel('mine') };
    },
  };

  it.each(Object.entries(late))(
    'rejects as axios does; nothing is sent or counted, open or not: %s',
    async (_what, made) => {
      const sent: unknown[] = [];
      const permits = countPermits(createBreaker({ name: 'fired' }));
      const client = axios.create({
        adapter: async (config) => {
          sent.push(config);
          return { data: '', status: 200, statusText: '', headers: {}, config };
        },
      });
      protectAxios(client, { breaker: permits.breaker });
      for (const reason of [new Error('mine'), null, new DOMException('late', 'TimeoutError')]) {
        const error = await client.post('/', 'x', made(reason)).catch((thrown: unknown) => thrown);
        expect(axios.isCancel(error)).toBe(true);
        permits.breaker.trip();
      }
      expect(sent).toEqual([]);
      expect(permits.issued).toBe(0);
      expect(permits.breaker.metrics()).toMatchObject({ calls: 0, ignored: 0, rejected: 0 });
    },
  );

  it('the same holds before axios has checked', async () => {
    const permits = countPermits(createBreaker({ name: 'fired' }));
    const client = axios.create({ baseURL: server.url });
    protectAxios(client, { breaker: permits.breaker });
    const { token, cancel } = axios.CancelToken.source();
    cancel('mine');
    for (const config of [{ signal: AbortSignal.abort(null) }, { cancelToken: token }]) {
      await expect(client.get('/', config).catch(axios.isCancel)).resolves.toBe(true);
    }
    expect(permits.issued).toBe(0);
  });
});

/** Older versions throw synchronously what later ones reject with. */
async function failureOf(client: AxiosInstance, config: AxiosRequestConfig): Promise<unknown> {
  try {
    return await client.get('/', config);
  } catch (error) {
    return error;
  }
}
