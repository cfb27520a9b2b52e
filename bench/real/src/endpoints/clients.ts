import { protectAxios } from '@switchgear/axios';
import { type Balancer, createBalancer } from '@switchgear/balancer';
import { breakerFetch } from '@switchgear/fetch';
import axios from 'axios';
import { BalancedPool } from 'undici';
import { hasHaproxy, startHaproxy } from './haproxy.ts';
import { LIMIT } from './limit.ts';
import type { TroubledServer } from './servers.ts';

/** Makes requests to the servers. */
export interface EndpointClient {
  readonly balancer?: Balancer;

  /** Resolves with whether the request was answered well; it does not reject. */
  request(): Promise<boolean>;
  close?(): Promise<void>;
}

/** A client of several servers, by name. */
export interface ClientMaker {
  readonly name: string;
  start(servers: readonly TroubledServer[]): EndpointClient | Promise<EndpointClient>;
}

function balancerOf(servers: readonly TroubledServer[]): Balancer {
  return createBalancer({
    name: 'five',
    endpoints: servers.map(({ url }, index) => ({ id: `${index}`, url })),
    maxEjected: 0.6,
  });
}

/** The same request of any client: one retry, and a second for all of it. */
export const clients: readonly ClientMaker[] = [
  {
    name: 'fetch with route',
    start(servers) {
      const balancer = balancerOf(servers);
      const send = breakerFetch({ route: balancer });
      return {
        balancer,
        request: () => answered(() => send('/', { signal: AbortSignal.timeout(LIMIT) })),
      };
    },
  },
  {
    name: 'axios with route',
    start(servers) {
      const balancer = balancerOf(servers);
      const client = axios.create({ validateStatus: () => true, responseType: 'text' });
      protectAxios(client, { route: balancer });
      return {
        balancer,
        request: async () => {
          try {
            return (await client.get('/', { signal: AbortSignal.timeout(LIMIT) })).status === 200;
          } catch {
            return false;
          }
        },
      };
    },
  },
  {
    name: 'fetch in turn',
    start(servers) {
      let turn = 0;
      const next = () => servers[turn++ % servers.length]?.url ?? '';
      return { request: () => answered(() => fetch(next(), { signal: AbortSignal.timeout(LIMIT) }), 2) };
    },
  },
  {
    name: 'undici BalancedPool',
    start(servers) {
      const pool = new BalancedPool(servers.map(({ url }) => url));
      const send = () => pool.request({ path: '/', method: 'GET', signal: AbortSignal.timeout(LIMIT) });
      return {
        request: () =>
          answered(async () => {
            const { statusCode: status, body } = await send();
            return { status, arrayBuffer: () => body.arrayBuffer() };
          }, 2),
        close: () => pool.destroy(),
      };
    },
  },
  ...(hasHaproxy ? [haproxy()] : []),
];

function haproxy(): ClientMaker {
  return {
    name: 'HAProxy observe layer7',
    async start(servers) {
      const { url, close } = await startHaproxy(servers);
      return { request: () => answered(() => fetch(url, { signal: AbortSignal.timeout(LIMIT) })), close };
    },
  };
}

/** What of an answer is looked at. */
interface Answer {
  readonly status: number;
  arrayBuffer(): Promise<unknown>;
}

/** @param attempts made by this side, within the limit of the first */
async function answered(send: () => Promise<Answer>, attempts: number = 1): Promise<boolean> {
  const until = performance.now() + LIMIT;
  for (let attempt = 1; attempt <= attempts && performance.now() < until; attempt++) {
    try {
      const answer = await send();
      await answer.arrayBuffer();
      if (answer.status === 200 && performance.now() < until) return true;
    } catch {
      // A failure is one, however it comes.
    }
  }
  return false;
}
