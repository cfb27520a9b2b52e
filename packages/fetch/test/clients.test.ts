import ky, { HTTPError } from 'ky';
import { createFetch, FetchError } from 'ofetch';
import createClient from 'openapi-fetch';
import { describe, expect, it } from 'vitest';
import { CircuitOpenError, findCircuitOpen, isBreakerResponse, isCircuitOpen } from '../src/index.ts';
import { watch } from './watch.ts';

/** As openapi-typescript writes them. */
interface Paths {
  '/weather': {
    get: { responses: { 200: { content: { 'application/json': { wind: number } } } } };
  };
}

const ADDRESS = 'http://weather.example';

/** A service that answers, behind a circuit that can be opened. Its types are what each client's `fetch` option takes. */
function weather(onOpen: 'throw' | 'respond') {
  const { fetch, permits } = watch({ onOpen, fetch: async () => Response.json({ wind: 5 }) });
  return { fetch, breaker: permits.breaker, refusals: () => permits.breaker.metrics().rejected };
}

const attempts = 2;
const atOnce = { limit: attempts, delay: () => 0 };

describe('ky', () => {
  it('gets its answers through a protected fetch', async () => {
    const { fetch } = weather('throw');
    expect(await ky.create({ fetch })(ADDRESS).json()).toEqual({ wind: 5 });
  });

  it('repeats a refusal that was thrown, unless told that it is one', async () => {
    const { fetch, breaker, refusals } = weather('throw');
    breaker.trip();
    const client = ky.create({ fetch, retry: atOnce });
    expect(findCircuitOpen(await client(ADDRESS).catch((error: unknown) => error))).toBeInstanceOf(CircuitOpenError);
    const before = refusals();
    const told = client.extend({ retry: { shouldRetry: ({ error }) => (isCircuitOpen(error) ? false : undefined) } });
    expect(isCircuitOpen(await told(ADDRESS).catch((error: unknown) => error))).toBe(true);
    expect(refusals() - before).toBe(1);
  });

  it('makes an HTTPError of a refusal that was answered, and waits as long as it says', async () => {
    const { fetch, breaker } = weather('respond');
    breaker.trip();
    const error = await ky
      .create({ fetch, retry: 0 })(ADDRESS)
      .catch((error: unknown) => error);
    expect(error).toBeInstanceOf(HTTPError);
    expect(isBreakerResponse((error as HTTPError).response)).toBe(true);
  });
});

describe('ofetch', () => {
  it('gets its answers through a protected fetch', async () => {
    const { fetch } = weather('throw');
    expect(await createFetch({ fetch })(ADDRESS)).toEqual({ wind: 5 });
  });

  it.each(['throw', 'respond'] as const)('makes a FetchError of a refusal (%s)', async (onOpen) => {
    const { fetch, breaker, refusals } = weather(onOpen);
    breaker.trip();
    const error = await createFetch({ fetch })(ADDRESS, { retry: attempts }).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(FetchError);
    expect(isCircuitOpen(error)).toBe(onOpen === 'throw');
    expect(isBreakerResponse((error as FetchError).response)).toBe(onOpen === 'respond');
    expect(refusals()).toBe(1 + attempts);
  });
});

describe('openapi-fetch', () => {
  it('gets its answers through a protected fetch', async () => {
    const { fetch } = weather('throw');
    const { data } = await createClient<Paths>({ baseUrl: ADDRESS, fetch }).GET('/weather');
    expect(data).toEqual({ wind: 5 });
  });

  it('lets a refusal through that was thrown, and gives one that was answered as its error', async () => {
    const thrown = weather('throw');
    thrown.breaker.trip();
    const client = createClient<Paths>({ baseUrl: ADDRESS, fetch: thrown.fetch });
    await expect(client.GET('/weather')).rejects.toThrow(CircuitOpenError);

    const answered = weather('respond');
    answered.breaker.trip();
    const { error, response } = await createClient<Paths>({ baseUrl: ADDRESS, fetch: answered.fetch }).GET('/weather');
    expect(error).toMatchObject({ status: 503, retryAfter: 1 });
    expect(isBreakerResponse(response)).toBe(true);
  });
});
