import { createBreaker } from '@switchgear/core';
import { type Behaviour, type FaultServer, faultServer } from '@switchgear/testkit';
import axios from 'axios';
import ky from 'ky';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pipeline, type RetryEvent, type RetryOptions, retry } from '../../src/index.ts';

let server: FaultServer;
beforeEach(async () => {
  server = await faultServer();
});
afterEach(() => server.close());

const answer = (status: number, headers: Record<string, string> = {}): Behaviour => ({
  does: 'answer',
  status,
  headers,
});

/** One GET by each client: the status that its caller sees in the end. */
const clients: readonly (readonly [name: string, get: (url: string, signal: AbortSignal) => Promise<number>])[] = [
  ['fetch', async (url, signal) => (await fetch(url, { signal })).status],
  ['axios', async (url, signal) => (await axios.get(url, { signal })).status],
  ['ky', async (url, signal) => (await ky.get(url, { signal, retry: 0 })).status],
];

const BY_FETCH = clients[0]?.[1] as (typeof clients)[number][1];

const statusOf = (error: unknown): unknown => (error as { response?: { status: number } }).response?.status;

/** Runs a GET through a retry: the final status, and the waits before the retries. */
async function run(get: (typeof clients)[number][1], options: RetryOptions = {}) {
  const waits: number[] = [];
  const onRetry = ({ wait }: RetryEvent) => waits.push(wait);
  const policy = retry({ wait: 1, random: () => 0, onRetry, ...options });
  const status = await policy.run(({ signal }) => responded(get, signal)).catch(statusOf);
  return { status, waits, policy };
}

/** A `Response` for fetch, and what the others resolve or reject with. */
async function responded(get: (typeof clients)[number][1], signal: AbortSignal): Promise<unknown> {
  if (get === BY_FETCH) return await fetch(server.url, { signal });
  return await get(server.url, signal);
}

const shown = (ended: unknown): unknown => (ended instanceof Response ? ended.status : ended);

describe.each(clients)('an answer to %s', (_name, get) => {
  it.each([408, 425, 429, 500, 502, 503, 504])('with %d is asked for again', async (status) => {
    server.next(answer(status));
    const { status: seen, policy } = await run(get);
    expect([shown(seen), server.requests, policy.retries]).toEqual([200, 2, 1]);
  });

  it.each([400, 401, 404, 409, 501])('with %d is the caller’s', async (status) => {
    server.always(answer(status));
    const { status: seen } = await run(get);
    expect([shown(seen), server.requests]).toEqual([status, 1]);
  });

  it.each([429, 503])('with %d and Retry-After is waited for as long as it says', async (status) => {
    server.next(answer(status, { 'retry-after': '0.05' }));
    const { status: seen, waits } = await run(get, { maxWait: 50 });
    expect([shown(seen), waits, server.requests]).toEqual([200, [50], 2]);
  });

  it.each([429, 503])('with %d and a Retry-After beyond the longest wait is the caller’s', async (status) => {
    server.always(answer(status, { 'retry-after': '3600' }));
    const { status: seen, policy } = await run(get);
    expect([shown(seen), server.requests, policy.budget.left]).toEqual([status, 1, 10]);
  });

  it('whose server says how many milliseconds is waited for as long as that', async () => {
    server.next(answer(429, { 'retry-after': '60', 'retry-after-ms': '7' }));
    expect((await run(get)).waits).toEqual([7]);
    server.next(answer(503, { 'retry-after': '60', 'grpc-retry-pushback-ms': '8' }));
    expect((await run(get)).waits).toEqual([8]);
  });

  it('whose server forbids or wants a retry is treated as it says', async () => {
    server.next(answer(503, { 'x-should-retry': 'false' }));
    expect(shown((await run(get)).status)).toBe(503);
    server.next(answer(409, { 'x-should-retry': 'true' }));
    expect(shown((await run(get)).status)).toBe(200);
    expect(server.requests).toBe(3);
  });

  it.each(['-1', 'soon'])('whose pushback is %s is the caller’s', async (pushback) => {
    server.always(answer(503, { 'grpc-retry-pushback-ms': pushback }));
    expect(shown((await run(get)).status)).toBe(503);
    expect(server.requests).toBe(1);
  });

  it('of a breaker behind the service is not asked for again', async () => {
    server.next(answer(503, { 'x-circuit-breaker': 'open' }));
    expect(shown((await run(get)).status)).toBe(503);
    expect(server.requests).toBe(1);
  });

  it('that never came, because the connection was reset, is asked for again', async () => {
    server.next({ does: 'reset' });
    expect(shown((await run(get)).status)).toBe(200);
    expect(server.requests).toBe(2);
  });
});

it('a date in Retry-After is a wait until then', async () => {
  const at = new Date(Date.now() + 2_000).toUTCString();
  server.next(answer(503, { 'retry-after': at }));
  const { waits } = await run(BY_FETCH, { maxWait: 900 });
  // Two seconds are more than the longest wait; without the date there would have been a retry.
  expect([waits, server.requests]).toEqual([[], 1]);
});

it('the body of an answer that is asked for again is given up, so that its connection can be used', async () => {
  server.next({ does: 'answer', status: 503, body: 'x'.repeat(1_000_000) });
  const endings: Response[] = [];
  const onRetry = ({ ending }: RetryEvent) => endings.push((ending as { value: Response }).value);
  const policy = retry({ wait: 1, onRetry });
  expect(await (await policy.run(({ signal }) => fetch(server.url, { signal }))).text()).toBe('ok');
  await expect(endings[0]?.text()).rejects.toThrow();
});

it('through a pipeline a Response is judged alike, and each attempt is counted by the breaker', async () => {
  server.always(answer(503));
  const breaker = createBreaker({
    name: 'orders',
    classify: (ending) => ('value' in ending && (ending.value as Response).ok ? 'success' : 'failure'),
  });
  const { status } = await pipeline(retry({ wait: 1 }), breaker).run(({ signal }) => fetch(server.url, { signal }));
  expect([status, server.requests, breaker.metrics().failures]).toEqual([503, 3, 3]);
});
