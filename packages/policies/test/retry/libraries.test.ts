import { createBreaker } from '@switchgear/core';
import { type FaultServer, faultServer } from '@switchgear/testkit';
import axios from 'axios';
import axiosRetry, { isNetworkOrIdempotentRequestError } from 'axios-retry';
import { retry as cockatielRetry, handleAll, handleWhen } from 'cockatiel';
import ky from 'ky';
import pRetry from 'p-retry';
import { Agent, RetryAgent, request } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  forAxiosRetry,
  forCockatiel,
  forKy,
  forPRetry,
  forUndici,
  type RetryBudget,
  retryBudget,
} from '../../src/index.ts';

let server: FaultServer;
beforeEach(async () => {
  server = await faultServer();
});
afterEach(() => server.close());

/** One call to a service, repeated up to five times by a library that asks the budget. Resolves or rejects as the library does. */
type Repeated = (url: string, budget: RetryBudget) => Promise<unknown>;

async function ask(url: string): Promise<number> {
  const { ok, status } = await fetch(url);
  if (!ok) throw new Error(`answered ${status}`);
  return status;
}

const libraries: readonly (readonly [name: string, repeated: Repeated, extra: number])[] = [
  [
    'p-retry',
    (url, budget) => pRetry(() => ask(url), { retries: 5, minTimeout: 1, shouldRetry: forPRetry(budget) }),
    0,
  ],
  [
    'axios-retry',
    (url, budget) => {
      const client = axios.create();
      const retryCondition = forAxiosRetry(budget, isNetworkOrIdempotentRequestError);
      axiosRetry(client, { retries: 5, retryDelay: () => 1, retryCondition });
      return client.get(url);
    },
    0,
  ],
  [
    'ky',
    (url, budget) =>
      ky
        .extend({ retry: { limit: 5, delay: () => 1 } })
        .extend(forKy(budget))
        .get(url),
    0,
  ],
  [
    'undici',
    async (url, budget) => {
      const agent = new RetryAgent(new Agent(), {
        throwOnError: false,
        retry: forUndici(budget, (error, { state }, callback) => {
          if (state.counter > 5) callback(error);
          else setTimeout(callback, 1);
        }),
      });
      try {
        const { statusCode, body } = await request(url, { dispatcher: agent });
        await body.dump();
        if (statusCode >= 500) throw new Error(`answered ${statusCode}`);
        return statusCode;
      } finally {
        await agent.close();
      }
    },
    0,
  ],
  [
    'cockatiel',
    (url, budget) => cockatielRetry(handleWhen(forCockatiel(budget)), { maxAttempts: 5 }).execute(() => ask(url)),
    // It asks after the last attempt too.
    1,
  ],
];

describe.each(libraries)('%s with a budget', (_name, repeated, extra) => {
  it('retries while there is budget, and then rejects with the call’s own error', async () => {
    server.always({ does: 'answer', status: 503 });
    const budget = retryBudget({ burst: 3 });
    await expect(repeated(server.url, budget)).rejects.toThrow(/503/);
    expect([server.requests, budget.left]).toEqual([4, 0]);
    await expect(repeated(server.url, budget)).rejects.toThrow(/503/);
    expect(server.requests).toBe(5);
  });

  it('takes from the budget what it repeats', async () => {
    server.next({ does: 'answer', status: 503 }, { does: 'answer', status: 503 });
    const budget = retryBudget({ burst: 10 });
    await repeated(server.url, budget);
    expect([server.requests, budget.left]).toEqual([3, 8]);
  });

  it('keeps to its own limit as well', async () => {
    server.always({ does: 'answer', status: 503 });
    const budget = retryBudget({ burst: 20 });
    await expect(repeated(server.url, budget)).rejects.toThrow(/503/);
    expect([server.requests, 20 - budget.left]).toEqual([6, 5 + extra]);
  });

  it('repeats nothing while the circuit is open', async () => {
    server.always({ does: 'answer', status: 503 });
    const breaker = createBreaker({ name: 'service' });
    breaker.trip();
    await expect(repeated(server.url, retryBudget({ breaker }))).rejects.toThrow(/503/);
    expect(server.requests).toBe(1);
  });
});

describe('what else must hold is asked first, and takes nothing from the budget:', () => {
  it('the condition of axios-retry', async () => {
    server.always({ does: 'answer', status: 503 });
    const budget = retryBudget();
    const client = axios.create();
    axiosRetry(client, { retryCondition: forAxiosRetry(budget, isNetworkOrIdempotentRequestError) });
    await expect(client.post(server.url)).rejects.toThrow(/503/);
    expect([server.requests, budget.left]).toEqual([1, 10]);
  });

  it('the methods and statuses of ky', async () => {
    server.always({ does: 'answer', status: 404 });
    const budget = retryBudget();
    const client = ky.extend(forKy(budget));
    await expect(client.get(server.url)).rejects.toThrow(/404/);
    server.always({ does: 'answer', status: 503 });
    await expect(client.post(server.url)).rejects.toThrow(/503/);
    expect([server.requests, budget.left]).toEqual([2, 10]);
  });

  it('a predicate of your own, for p-retry and cockatiel', async () => {
    server.always({ does: 'answer', status: 503 });
    const budget = retryBudget();
    const never = () => false;
    await expect(pRetry(() => ask(server.url), { shouldRetry: forPRetry(budget, never) })).rejects.toThrow(/503/);
    const policy = cockatielRetry(handleWhen(forCockatiel(budget, never)), { maxAttempts: 5 });
    await expect(policy.execute(() => ask(server.url))).rejects.toThrow(/503/);
    expect([server.requests, budget.left]).toEqual([2, 10]);
  });

  it('a budget refuses cockatiel what it would repeat otherwise', async () => {
    server.always({ does: 'answer', status: 503 });
    await expect(cockatielRetry(handleAll, { maxAttempts: 2 }).execute(() => ask(server.url))).rejects.toThrow(/503/);
    expect(server.requests).toBe(3);
  });
});
