import { type BreakerEvent, createBreaker } from '@switchgear/core';
import { type Behaviour, countPermits, type FaultServer, faultServer, freePort } from '@switchgear/testkit';
import axios, { type AxiosInstance, type AxiosRequestConfig } from 'axios';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { protectAxios } from '../../src/index.ts';
import { NETWORK_ADAPTERS } from './network-adapters.ts';

/** What a request meets, how it is made, and what that must count as. */
interface Row {
  readonly rule: string;
  readonly meets?: Behaviour;
  readonly config?: AxiosRequestConfig;
  readonly make?: (instance: AxiosInstance) => Promise<unknown>;
  readonly counts: Partial<BreakerEvent>;
}

const MINOR = Number(axios.VERSION.split('.')[1]);
const SHORT = 60;

let server: FaultServer;
let deadPort: number;
beforeAll(async () => {
  [server, deadPort] = await Promise.all([faultServer(), freePort()]);
});
afterAll(() => server.close());

const success = { outcome: 'success' } as const;
const ignored = { outcome: 'ignored' } as const;
const failure = (kind?: string): Partial<BreakerEvent> => ({ outcome: 'failure', ...(kind && { kind }) });
const status = (code: number, headers = {}): Behaviour => ({ does: 'answer', status: code, headers });

/** The caller's abort or cancellation, once the request has reached the server. */
async function arrived(): Promise<void> {
  const before = server.requests;
  await vi.waitFor(() => expect(server.requests).toBeGreaterThan(before));
}

function abortedBy(reason?: unknown): NonNullable<Row['make']> {
  return (instance) => {
    const controller = new AbortController();
    void arrived().then(() => controller.abort(reason));
    return instance.get('/', { signal: controller.signal });
  };
}

const answers: readonly Row[] = [
  { rule: '200', counts: success },
  { rule: '404', meets: status(404), counts: success },
  { rule: '401', meets: status(401), counts: success },
  { rule: '429', meets: status(429, { 'retry-after': '7' }), counts: { ...ignored, kind: '429' } },
  { rule: '408', meets: status(408), counts: { ...ignored, kind: '408' } },
  { rule: '500', meets: status(500), counts: failure('500') },
  { rule: '503', meets: status(503), counts: failure('503') },
  { rule: '501', meets: status(501), counts: success },
  {
    rule: '500 accepted by validateStatus',
    meets: status(500),
    config: { validateStatus: () => true },
    counts: failure('500'),
  },
  {
    rule: '500 with validateStatus null',
    meets: status(500),
    config: { validateStatus: null },
    counts: failure('500'),
  },
  { rule: '200 refused by validateStatus', config: { validateStatus: () => false }, counts: success },
  { rule: '304', meets: status(304), counts: success },
  {
    rule: '200 with invalid JSON',
    config: { responseType: 'json', transitional: { silentJSONParsing: false } },
    counts: success,
  },
  {
    rule: '200 that transformResponse refuses',
    config: {
      transformResponse: () => {
        throw new Error('not what I want');
      },
    },
    counts: success,
  },
];

const silences: readonly Row[] = [
  { rule: 'timeout', meets: { does: 'hang' }, config: { timeout: SHORT }, counts: failure('timeout') },
  {
    rule: 'timeout with clarifyTimeoutError',
    meets: { does: 'hang' },
    config: { timeout: SHORT, transitional: { clarifyTimeoutError: true } },
    counts: failure('timeout'),
  },
  {
    rule: 'timeout with a message of its own',
    meets: { does: 'hang' },
    config: { timeout: SHORT, timeoutErrorMessage: 'too slow' },
    counts: failure('timeout'),
  },
  {
    rule: 'timeout after headers of status 200',
    meets: { does: 'hang', headers: true },
    config: { timeout: SHORT },
    counts: failure(),
  },
  {
    rule: 'AbortSignal.timeout',
    meets: { does: 'hang' },
    make: (instance) => instance.get('/', { signal: AbortSignal.timeout(SHORT) }),
    counts: failure('timeout'),
  },
  {
    rule: 'AbortSignal.timeout after headers',
    meets: { does: 'hang', headers: true },
    make: (instance) => instance.get('/', { signal: AbortSignal.timeout(SHORT) }),
    counts: failure('timeout'),
  },
  {
    rule: 'AbortSignal.any with a timeout',
    meets: { does: 'hang' },
    make: (instance) => {
      const signal = AbortSignal.any([AbortSignal.timeout(SHORT), new AbortController().signal]);
      return instance.get('/', { signal });
    },
    counts: failure('timeout'),
  },
  { rule: 'reset', meets: { does: 'reset' }, counts: failure('ECONNRESET') },
  {
    rule: 'refused',
    make: (instance) => instance.get('/', { baseURL: `http://127.0.0.1:${deadPort}` }),
    counts: failure('ECONNREFUSED'),
  },
  { rule: 'body cut off', meets: { does: 'half-body' }, counts: failure() },
  {
    rule: 'body that does not unzip',
    meets: status(200, { 'content-encoding': 'gzip' }),
    counts: failure('Z_DATA_ERROR'),
  },
];

/** The target of a redirect decides; it counts for the service that was asked. */
function redirectedTo(address: () => string, config?: AxiosRequestConfig): NonNullable<Row['make']> {
  return (instance) => {
    server.next({ does: 'answer', status: 302, headers: { location: address() } });
    return instance.get('/', config);
  };
}

const redirects: readonly Row[] = [
  { rule: 'a redirect to an answer', make: redirectedTo(() => '/there'), counts: success },
  { rule: 'a redirect to a 503', meets: status(503), make: redirectedTo(() => '/there'), counts: failure('503') },
  {
    rule: 'a redirect to a closed port',
    make: redirectedTo(() => `http://127.0.0.1:${deadPort}/`),
    counts: failure('ECONNREFUSED'),
  },
  { rule: 'a redirect not followed', make: redirectedTo(() => '/there', { maxRedirects: 0 }), counts: success },
  { rule: 'too many redirects', meets: { does: 'redirect-loop' }, config: { maxRedirects: 3 }, counts: failure() },
];

const ownDoing: readonly Row[] = [
  { rule: 'the caller aborts', meets: { does: 'hang' }, make: abortedBy(), counts: ignored },
  {
    rule: 'the caller aborts with a reason',
    meets: { does: 'hang' },
    make: abortedBy(new Error('mine')),
    counts: ignored,
  },
  {
    rule: 'the caller aborts after the headers',
    meets: { does: 'hang', headers: true },
    make: abortedBy(),
    counts: ignored,
  },
  {
    rule: 'the caller cancels by token',
    meets: { does: 'hang' },
    make: (instance) => {
      const { token, cancel } = axios.CancelToken.source();
      void arrived().then(() => cancel('mine'));
      return instance.get('/', { cancelToken: token });
    },
    counts: ignored,
  },
  { rule: 'an invalid header', config: { headers: { 'x y': '1' } }, counts: ignored },
  { rule: 'a scheme other than HTTP', make: (instance) => instance.get('ftp://127.0.0.1/'), counts: ignored },
  { rule: 'an address that does not parse', make: (instance) => instance.get('http://[::1:/'), counts: ignored },
];

/** Under the fetch adapter these limits came with later versions, which pass them over until then. */
const limits: readonly Row[] = [
  {
    rule: 'maxContentLength',
    meets: { does: 'answer', body: 'x'.repeat(100) },
    config: { maxContentLength: 10 },
    counts: ignored,
  },
  {
    rule: 'maxBodyLength',
    make: (instance) => instance.post('/', 'x'.repeat(100), { maxBodyLength: 10 }),
    counts: ignored,
  },
];

/** With the http adapter it is uncaught, and the request never settles. */
const uncaught: readonly Row[] = [
  {
    rule: 'validateStatus that throws',
    config: {
      validateStatus: () => {
        throw new Error('a validateStatus with a mistake');
      },
    },
    counts: failure(),
  },
];

describe.each(NETWORK_ADAPTERS)('over %s', (adapter) => {
  const knowsLimits = adapter === 'http' || MINOR >= 18;

  const rows = [...answers, ...silences, ...redirects, ...ownDoing];
  if (knowsLimits) rows.push(...limits);
  if (adapter === 'fetch') rows.push(...uncaught);

  it.each(rows)('$rule', async (row) => {
    const events: BreakerEvent[] = [];
    const permits = countPermits(createBreaker({ name: 'matrix' }));
    permits.breaker.subscribe((event) => events.push(event), { outcomes: true });
    const instance = axios.create({ adapter, baseURL: server.url });
    protectAxios(instance, { breaker: permits.breaker });
    server.always(row.meets ?? { does: 'answer' });

    await (row.make?.(instance) ?? instance.get('/', row.config)).catch(() => undefined);

    expect(events).toEqual([expect.objectContaining({ type: 'outcome', ...row.counts })]);
    expect(permits).toMatchObject({ issued: 1, inFlight: 0, settledTwice: 0 });
  });
});
