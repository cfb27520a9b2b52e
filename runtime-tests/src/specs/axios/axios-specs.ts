import { type AxiosProtection, type Breaker, isCircuitOpen, protectAxios } from '@switchgear/axios';
import axios, { type AxiosInstance } from 'axios';
import { address } from '../kit/address.ts';
import { equal, holds, rejection } from '../kit/check.ts';
import type { Spec } from '../kit/spec.ts';
import { watched } from '../kit/watched.ts';

const needs = ['fetch', 'server', 'timers', 'abort'] as const;

/** axios over `fetch`, the adapter that works on all runtimes. */
export const axiosSpecs: readonly Spec[] = [
  {
    name: 'axios: answers come through, and a 404 is a success',
    needs,
    async run({ server }) {
      const { client, breaker } = shop();
      const { data } = await client.get(address(server, '/answer/200').url);
      equal(data, 'answered 200');
      for (let i = 0; i < 3; i++) await rejection(client.get(address(server, '/answer/404').url));
      equal([breaker.state, breaker.metrics().calls, breaker.metrics().failures], ['closed', 4, 0]);
    },
  },
  {
    name: 'axios: a circuit opened by 503s refuses with an AxiosError, and no request is made',
    needs,
    async run({ server }) {
      const { client, breaker } = shop();
      const down = address(server, '/answer/503');
      for (let i = 0; i < 2; i++) await rejection(client.get(down.url));
      equal(breaker.state, 'open');
      const refusal = await rejection(client.get(down.url));
      holds(axios.isAxiosError(refusal) && isCircuitOpen(refusal), 'both an AxiosError and a refusal');
      const { code, config, response } = refusal as { code?: string; config?: { url?: string }; response?: unknown };
      equal([code, config?.url, response], ['EOPENBREAKER', down.url, undefined]);
      equal(await down.reached(), 2);
    },
  },
  {
    name: 'axios: a reset connection is a failure',
    needs,
    async run({ server }) {
      const { client, breaker } = shop();
      for (let i = 0; i < 2; i++) await rejection(client.get(address(server, '/reset').url));
      equal(breaker.state, 'open');
    },
  },
  {
    name: 'axios: a request its caller aborts is ignored',
    needs,
    async run({ server }) {
      const { client, breaker } = shop();
      const stop = new AbortController();
      const call = client.get(address(server, '/hang').url, { signal: stop.signal });
      setTimeout(() => stop.abort(), 20);
      await rejection(call);
      equal([breaker.metrics().calls, breaker.metrics().ignored], [0, 1]);
    },
  },
  {
    name: 'axios: a timeout is a failure, whether by option or by signal',
    needs,
    async run({ server }) {
      const { client, breaker } = shop();
      await rejection(client.get(address(server, '/hang').url, { timeout: 30 }));
      await rejection(client.get(address(server, '/hang').url, { signal: AbortSignal.timeout(30) }));
      equal([breaker.state, breaker.metrics().ignored], ['open', 0]);
    },
  },
  {
    name: 'axios: a streamed body that is observed is a success when it has been read, and a failure when it breaks off',
    needs,
    async run({ server }) {
      const { breaker } = watched();
      const client = axios.create({ adapter: 'fetch', responseType: 'stream' });
      protectAxios(client, { breaker, observeBody: true });
      const read = async (path: string) => new Response((await client.get(address(server, path).url)).data).text();
      equal(await read('/answer/200'), 'answered 200');
      equal([breaker.metrics().calls, breaker.metrics().failures], [1, 0]);
      await rejection(read('/half-body'));
      equal([breaker.metrics().calls, breaker.metrics().failures], [2, 1]);
    },
  },
  {
    name: 'axios: ejecting a protection restores the instance',
    needs,
    async run({ server }) {
      const { client, breaker, protection } = shop();
      breaker.trip();
      holds(isCircuitOpen(await rejection(client.get(address(server, '/answer/200').url))), 'refused while protected');
      protection.eject();
      equal((await client.get(address(server, '/answer/200').url)).status, 200);
    },
  },
];

function shop(): { client: AxiosInstance; breaker: Breaker; protection: AxiosProtection } {
  const { breaker } = watched();
  const client = axios.create({ adapter: 'fetch' });
  return { client, breaker, protection: protectAxios(client, { breaker }) };
}
