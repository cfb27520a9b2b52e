import { Readable } from 'node:stream';
import { createBreaker, fixed, probes } from '@switchgear/core';
import { manualClock } from '@switchgear/core/testing';
import { countPermits } from '@switchgear/testkit';
import axios, { type AxiosInstance, type AxiosRequestConfig } from 'axios';
import { setupCache } from 'axios-cache-interceptor';
import MockAdapter from 'axios-mock-adapter';
import axiosRetry from 'axios-retry';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type AxiosProtection, protectAxios } from '../../src/index.ts';
import { type Fate, memoryAdapter } from './memory-adapter.ts';

type Interceptor = 'passes' | 'waits' | 'throws' | 'never settles' | 'repeats' | 'answers';

/** One thing that a program does with its instance. */
type Step =
  | { readonly does: 'protect'; readonly with: number; readonly observeBody: boolean }
  | { readonly does: 'eject'; readonly which: number }
  | {
      readonly does: 'intercept';
      readonly on: 'request' | 'response';
      readonly how: Interceptor;
      readonly synchronous: boolean;
    }
  | { readonly does: 'retry' | 'cache' | 'mock' | 'restore' | 'create' }
  | { readonly does: 'trip'; readonly which: number }
  | { readonly does: 'wait'; readonly ms: number }
  | { readonly does: 'abort'; readonly which: number }
  | {
      readonly does: 'request';
      readonly fate: Fate;
      readonly aborted: boolean;
      readonly by: 'signal' | 'token';
      readonly breaker: 'usual' | 'none' | number;
      readonly ownAdapter: boolean;
      readonly reader: 'reads' | 'leaves' | 'waits';
    };

const BREAKERS = 3;
const OPEN_FOR = 50;
const which = fc.nat(9);
const breakerIndex = fc.nat(BREAKERS - 1);

const request: fc.Arbitrary<Step> = fc.record({
  does: fc.constant('request' as const),
  fate: fc.constantFrom<Fate>(
    '/ok',
    '/ok',
    '/404',
    '/503',
    '/503',
    '/reset',
    '/throws',
    '/hangs',
    '/stream',
    '/broken-stream',
  ),
  aborted: fc.nat(5).map((n) => n === 0),
  by: fc.constantFrom('signal' as const, 'token' as const),
  breaker: fc.oneof(
    { weight: 4, arbitrary: fc.constant('usual' as const) },
    fc.constant('none' as const),
    breakerIndex,
  ),
  ownAdapter: fc.nat(9).map((n) => n === 0),
  reader: fc.constantFrom('reads' as const, 'leaves' as const, 'waits' as const),
});

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 10, arbitrary: request },
  {
    weight: 5,
    arbitrary: fc.record({ does: fc.constant('protect' as const), with: breakerIndex, observeBody: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('eject' as const), which }) },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('intercept' as const),
      on: fc.constantFrom('request' as const, 'response' as const),
      how: fc.constantFrom<Interceptor>(
        'passes',
        'waits',
        'waits',
        'throws',
        'never settles',
        'repeats',
        'repeats',
        'answers',
      ),
      synchronous: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constantFrom('retry', 'cache', 'mock', 'restore', 'create'),
    }) as fc.Arbitrary<Step>,
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('trip' as const), which: breakerIndex }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('wait' as const), ms: fc.constantFrom(0, 0, 1, OPEN_FOR) }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('abort' as const), which }) },
);

it('whatever a program does, no permit stays in flight and none is settled twice', async () => {
  const reached = { requests: 0, permits: 0, refused: 0, aborted: 0, streams: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 50, size: 'max' }), async (steps) => {
      const run = program();
      for (const each of steps) await run.perform(each);
      const { requests, aborted, streams } = await run.finish();
      for (const permits of run.permits) {
        expect(permits).toMatchObject({ inFlight: 0, settledTwice: 0 });
        expect(permits.breaker.metrics().lost).toBe(0);
        reached.permits += permits.issued;
        reached.refused += permits.breaker.metrics().rejected;
      }
      reached.requests += requests;
      reached.aborted += aborted;
      reached.streams += streams;
    }),
    { numRuns: 80 },
  );
  // The generators are worth something only if they get there.
  for (const [what, times] of Object.entries(reached)) expect(times, what).toBeGreaterThan(5);
});

function program() {
  const clock = manualClock();
  const permits = Array.from({ length: BREAKERS }, (_, index) =>
    countPermits(
      createBreaker({
        name: `breaker ${index}`,
        openFor: fixed(OPEN_FOR),
        recover: probes({ permitted: 1, successes: 1 }),
        permitTimeout: Number.MAX_SAFE_INTEGER,
        clock,
      }),
    ),
  );
  const protections: AxiosProtection[] = [];
  const callers: Caller[] = [];
  const mocks: MockAdapter[] = [];
  const cached = new Set<AxiosInstance>();
  const network = memoryAdapter();
  let instance = axios.create({ adapter: network });
  let requests = 0;
  let streams = 0;

  function send(given: Step & { does: 'request' }): void {
    const caller = callerBy(given.by);
    callers.push(caller);
    if (given.aborted) caller.abort();
    const config: AxiosRequestConfig = { ...caller.config };
    if (given.ownAdapter) config.adapter = memoryAdapter();
    if (given.breaker === 'none') config.breaker = false;
    else if (given.breaker !== 'usual') config.breaker = permits[given.breaker]?.breaker;
    requests += 1;
    // Async, for in 1.6.0 axios throws where it means to reject.
    const attempt = async () => instance.get(given.fate, config);
    attempt().then(
      ({ data }) => void (data instanceof Readable && read(data, given.reader)),
      () => undefined,
    );
  }

  function read(body: Readable, how: 'reads' | 'leaves' | 'waits'): void {
    body.on('error', () => undefined);
    streams += 1;
    if (how === 'reads') body.resume();
    if (how === 'leaves') body.destroy();
  }

  async function perform(given: Step): Promise<void> {
    switch (given.does) {
      case 'request':
        return send(given);
      case 'protect': {
        const breaker = permits[given.with]?.breaker;
        if (!breaker) return;
        try {
          protections.push(protectAxios(instance, { breaker, observeBody: given.observeBody }));
        } catch (error) {
          expect(error).toHaveProperty('message', expect.stringContaining('protects this instance already'));
        }
        return;
      }
      case 'eject':
        return protections[given.which]?.eject();
      case 'intercept':
        return intercept(instance, given);
      case 'retry':
        return void axiosRetry(instance, { retries: 2, retryCondition: () => true });
      case 'cache':
        if (!cached.has(instance)) setupCache(instance, { staleIfError: true });
        return void cached.add(instance);
      case 'mock': {
        const mock = new MockAdapter(instance as never);
        mock.onGet('/404').reply(404).onAny().passThrough();
        return void mocks.push(mock);
      }
      case 'restore':
        return mocks.at(-1)?.restore();
      case 'create':
        instance = axios.create({ adapter: instance.defaults.adapter as never });
        return;
      case 'trip':
        return permits[given.which]?.breaker.trip();
      case 'wait':
        clock.advance(given.ms);
        await new Promise(setImmediate);
        return;
      case 'abort':
        return callers.at(given.which)?.abort();
    }
  }

  /** Ends what hangs, and lets everything run until nothing has moved for a while. */
  async function finish(): Promise<{ requests: number; aborted: number; streams: number }> {
    const aborted = callers.filter((caller) => caller.aborted()).length;
    for (const caller of callers) caller.abort();
    const state = () => permits.map(({ issued, inFlight }) => `${issued}/${inFlight}`).join();
    for (let before = state(), still = 0; still < 4; before = state()) {
      // Like a server that is not read, because its reader waits or an interceptor kept the response.
      for (const body of network.bodies) body.destroy();
      await new Promise((resolve) => setTimeout(resolve, 1));
      still = state() === before ? still + 1 : 0;
    }
    return { requests, aborted, streams };
  }

  return { permits, perform, finish };
}

/** Somebody who may give up: by a signal, or by a token as before there were signals. */
interface Caller {
  readonly config: AxiosRequestConfig;
  readonly aborted: () => boolean;
  readonly abort: () => void;
}

function callerBy(by: 'signal' | 'token'): Caller {
  if (by === 'signal') {
    const controller = new AbortController();
    const { signal } = controller;
    return { config: { signal }, aborted: () => signal.aborted, abort: () => controller.abort() };
  }
  const { token, cancel } = axios.CancelToken.source();
  return { config: { cancelToken: token }, aborted: () => token.reason !== undefined, abort: () => cancel() };
}

function intercept(instance: AxiosInstance, { on, how, synchronous }: Step & { does: 'intercept' }): void {
  const act = async () => {
    if (how === 'waits') await new Promise(setImmediate);
    if (how === 'throws') throw new Error('an interceptor with a mistake');
    if (how === 'never settles') await new Promise(() => undefined);
  };
  if (on === 'response') {
    instance.interceptors.response.use(
      async (response) => {
        await act();
        return response;
      },
      async (error) => {
        await act();
        if (how !== 'repeats' || !error.config || error.config.headers.has('x-again')) throw error;
        error.config.headers.set('x-again', '1');
        return instance(error.config);
      },
    );
  } else if (synchronous && how === 'throws') {
    instance.interceptors.request.use(
      () => {
        throw new Error('an interceptor with a mistake');
      },
      null,
      { synchronous },
    );
  } else if (synchronous) {
    instance.interceptors.request.use((config) => config, null, { synchronous });
  } else {
    instance.interceptors.request.use(async (config) => {
      await act();
      return how === 'answers' ? { ...config, adapter: memoryAdapter() } : config;
    });
  }
}
