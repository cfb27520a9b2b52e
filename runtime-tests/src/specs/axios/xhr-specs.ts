import { type BreakerEvent, isCircuitOpen, protectAxios } from '@switchgear/axios';
import axios, { type AxiosInstance } from 'axios';
import { address } from '../kit/address.ts';
import { equal, holds, rejection, until } from '../kit/check.ts';
import type { Spec } from '../kit/spec.ts';
import { watched } from '../kit/watched.ts';

const needs = ['xhr', 'server', 'timers', 'abort'] as const;

/** axios over `XMLHttpRequest`, which it prefers in a page. */
export const xhrSpecs: readonly Spec[] = [
  {
    name: 'axios over xhr: a circuit opened by 503s refuses with an AxiosError, and no request is made',
    needs,
    async run({ server }) {
      const { client, breaker, outcomes } = page();
      equal((await client.get(address(server, '/answer/200').url)).data, 'answered 200');
      await rejection(client.get(address(server, '/answer/404').url));
      const down = address(server, '/answer/503');
      for (let i = 0; i < 2; i++) await rejection(client.get(down.url));
      equal(outcomes(), ['success', 'success', 'failure 503', 'failure 503']);
      equal(breaker.state, 'open');
      const refusal = await rejection(client.get(down.url));
      holds(axios.isAxiosError(refusal) && isCircuitOpen(refusal), 'both an AxiosError and a refusal');
      equal(await down.reached(), 2);
    },
  },
  {
    name: 'axios over xhr: ECONNABORTED is a timeout, and so is ETIMEDOUT and a signal that timed out',
    needs,
    async run({ server }) {
      const { client, outcomes } = page();
      const { url } = address(server, '/hang');
      const seen = [
        await rejection(client.get(url, { timeout: 30 })),
        await rejection(client.get(url, { timeout: 30, timeoutErrorMessage: 'too slow' })),
      ];
      equal(seen.map(codeOf), ['ECONNABORTED', 'ECONNABORTED']);
      equal(outcomes(), ['failure timeout', 'failure timeout']);
      const other = page();
      const clear = { timeout: 30, transitional: { clarifyTimeoutError: true } };
      equal(codeOf(await rejection(other.client.get(url, clear))), 'ETIMEDOUT');
      await rejection(other.client.get(url, { signal: AbortSignal.timeout(30) }));
      equal(other.outcomes(), ['failure timeout', 'failure timeout']);
    },
  },
  {
    name: 'axios over xhr: ECONNABORTED is ignored when the browser aborts the request',
    needs,
    async run({ server }) {
      const { client, outcomes } = page();
      const { url, reached } = address(server, '/hang');
      const [request, call] = sent(() => client.get(url));
      await until(async () => (await reached()) > 0, 'the request has reached the server');
      request.abort();
      const error = await rejection(call);
      equal([codeOf(error), (error as Error).message], ['ECONNABORTED', 'Request aborted']);
      equal(outcomes(), ['ignored ECONNABORTED']);
    },
  },
  {
    name: 'axios over xhr: a request its caller aborts or cancels is ignored',
    needs,
    async run({ server }) {
      const { client, outcomes } = page();
      const { url } = address(server, '/hang');
      const stop = new AbortController();
      const { token, cancel } = axios.CancelToken.source();
      const calls = [client.get(url, { signal: stop.signal }), client.get(url, { cancelToken: token })];
      setTimeout(() => {
        stop.abort();
        cancel();
      }, 20);
      await Promise.all(calls.map(rejection));
      equal(outcomes(), ['ignored', 'ignored']);
    },
  },
  {
    name: 'axios over xhr: a reset connection and a body cut off are failures',
    needs,
    async run({ server }) {
      const { client, outcomes } = page();
      for (const path of ['/reset', '/half-body']) await rejection(client.get(address(server, path).url));
      equal(outcomes(), ['failure ERR_NETWORK', 'failure ERR_NETWORK']);
    },
  },
];

function page() {
  const { breaker } = watched();
  const events: BreakerEvent[] = [];
  breaker.subscribe((event) => events.push(event), { outcomes: true });
  const client: AxiosInstance = axios.create({ adapter: 'xhr' });
  protectAxios(client, { breaker });
  const outcomes = () =>
    events
      .filter(({ type }) => type === 'outcome')
      .map(({ outcome, kind }) => [outcome, kind].filter(Boolean).join(' '));
  return { client, breaker, outcomes };
}

const codeOf = (error: unknown) => (error as { code?: string }).code;

/** The request of a call, caught where axios makes it. */
function sent<T>(call: () => Promise<T>): [XMLHttpRequest, Promise<T>] {
  const Original = globalThis.XMLHttpRequest;
  const made: XMLHttpRequest[] = [];
  globalThis.XMLHttpRequest = class extends Original {
    constructor() {
      super();
      made.push(this);
    }
  };
  try {
    const promise = call();
    const [request] = made;
    if (!request) throw new Error('axios made no request');
    return [request, promise];
  } finally {
    globalThis.XMLHttpRequest = Original;
  }
}
