import { AsyncLocalStorage } from 'node:async_hooks';
import { text } from 'node:stream/consumers';
import { type Breaker, consecutiveFailures, createBreaker, fixed, isCircuitOpen } from '@switchgear/core';
import { manualClock } from '@switchgear/core/testing';
import { type Behaviour, type FaultServer, faultServer } from '@switchgear/testkit';
import axios, { type AxiosAdapter, type AxiosInstance, type InternalAxiosRequestConfig } from 'axios';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ProtectAxiosOptions, protectAxios } from '../src/index.ts';
import { NETWORK_ADAPTERS } from './versions/network-adapters.ts';

/** The store of each caller is named after it. */
const store = new AsyncLocalStorage<string>();
const CALLERS = ['ann', 'bob', 'cid', 'dot'];

/** In whose store each caller's work found itself, by the places it came to. */
type Found = Record<string, Record<string, string | undefined>>;

let server: FaultServer;
let found: Found;
beforeEach(async () => {
  found = Object.fromEntries(CALLERS.map((name) => [name, {}]));
  server = await faultServer();
});
afterEach(() => server.close());

/** Writes down in whose store the work of a caller has come to a place. */
const here = (place: string, name: string): void => {
  (found[name] ?? {})[place] = store.getStore();
};

/** Every request says whose it is. */
const whose = (config: InternalAxiosRequestConfig | undefined): string => String(config?.params?.who);

/** A caller that keeps to its own store comes to these places in it, and to no others. */
const inOwnStore =
  (...places: readonly string[]) =>
  (name: string) =>
    [name, Object.fromEntries(places.map((place) => [place, name]))] as const;

const MADE = ['request interceptor', 'breaker', 'call', 'call, later', 'classify', 'response interceptor', 'after'];
const REFUSED = ['request interceptor', 'breaker', 'response interceptor', 'refused', 'after'];

/** An instance whose every hook writes down where it is. */
function watched(adapter: 'http' | 'fetch', options: Partial<ProtectAxiosOptions> = {}) {
  const clock = manualClock();
  const openWhen = consecutiveFailures(2);
  const breaker = createBreaker({ name: 'stores', openWhen, openFor: fixed(1_000), clock });
  const send: AxiosAdapter = async (config) => {
    here('call', whose(config));
    try {
      return await axios.getAdapter(adapter)(config);
    } finally {
      here('call, later', whose(config));
    }
  };
  const instance = axios.create({ adapter: send, baseURL: server.url });
  protectAxios(instance, {
    breaker: (config) => {
      here('breaker', whose(config));
      return breaker;
    },
    classify: (ending) => {
      const { config } = 'value' in ending ? ending.value : (ending.error as { config: InternalAxiosRequestConfig });
      here('classify', whose(config));
      return undefined;
    },
    ...options,
  });
  instance.interceptors.request.use((config) => {
    here('request interceptor', whose(config));
    return config;
  });
  const passOn = (config: InternalAxiosRequestConfig) => here('response interceptor', whose(config));
  instance.interceptors.response.use(
    (response) => {
      passOn(response.config);
      return response;
    },
    (error) => {
      passOn(error.config);
      throw error;
    },
  );
  return { breaker, clock, instance };
}

/** All callers at once, each from its own store. */
function together(instance: AxiosInstance): Promise<unknown> {
  return Promise.all(
    CALLERS.map((name) =>
      store.run(name, async () => {
        try {
          await instance.get('/', { params: { who: name } });
          here('answered', name);
        } catch (error) {
          here(isCircuitOpen(error) ? 'refused' : 'failed', name);
        }
        here('after', name);
      }),
    ),
  );
}

interface Situation {
  readonly before?: (circuit: { breaker: Breaker; clock: ReturnType<typeof manualClock> }) => void;
  readonly server: Behaviour;

  /** How many of the four callers' calls are made, and how they end. */
  readonly made: number;
  readonly ends: 'answered' | 'failed';
}

const halfOpen: Situation['before'] = ({ breaker, clock }) => {
  breaker.trip();
  clock.advance(1_000);
};

const SITUATIONS: readonly (readonly [situation: string, Situation])[] = [
  ['closed, and calls succeed', { server: { does: 'answer' }, made: 4, ends: 'answered' }],
  ['closed, and opened by answers', { server: { does: 'answer', status: 503 }, made: 4, ends: 'failed' }],
  ['closed, and opened by broken connections', { server: { does: 'reset' }, made: 4, ends: 'failed' }],
  ['open', { before: ({ breaker }) => breaker.trip(), server: { does: 'answer' }, made: 0, ends: 'answered' }],
  ['half-open, and the probe succeeds', { before: halfOpen, server: { does: 'answer' }, made: 1, ends: 'answered' }],
  ['half-open, and the probe fails', { before: halfOpen, server: { does: 'reset' }, made: 1, ends: 'failed' }],
  [
    'isolated',
    { before: ({ breaker }) => breaker.setMode('isolated'), server: { does: 'answer' }, made: 0, ends: 'answered' },
  ],
];

describe.each(NETWORK_ADAPTERS)('over %s, the AsyncLocalStorage store of a caller', (adapter) => {
  it.each(SITUATIONS)(
    'is what its request, its hooks and its continuation see, while the circuit is %s',
    async (_situation, { before, server: behaviour, made, ends }) => {
      const { instance, ...circuit } = watched(adapter);
      server.always(behaviour);
      before?.(circuit);
      await together(instance);
      const rows = CALLERS.map((name, at) => (at < made ? inOwnStore(...MADE, ends) : inOwnStore(...REFUSED))(name));
      expect(found).toEqual(Object.fromEntries(rows));
    },
  );

  it('is what the reader of an observed body sees, whole or broken off', async () => {
    const { instance } = watched(adapter, { observeBody: true });
    server.next({ does: 'half-body' }, { does: 'half-body' });
    await Promise.all(
      CALLERS.map((name) =>
        store.run(name, async () => {
          const { data } = await instance.get('/', { params: { who: name }, responseType: 'stream' });
          await text(data).catch(() => undefined);
          here('read', name);
        }),
      ),
    );
    expect(Object.values(found).map(({ read }) => read)).toEqual(CALLERS);
  });
});
