import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as undici from 'undici';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { watch } from './watch.ts';

/** Answers with the status that is its path. */
const server = createServer(({ url = '/' }, response) => {
  response.writeHead(Number(url.slice(1)), { 'retry-after': '7', 'x-long': 'x'.repeat(300) }).end('x'.repeat(100));
});
let base: string;
beforeAll(async () => {
  await new Promise((listening) => server.listen(0, '127.0.0.1', () => listening(undefined)));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close().closeAllConnections());

const own = undici.fetch as unknown as typeof fetch;
const once = { maxRetries: 1, minTimeout: 1, maxTimeout: 1, retryAfter: false };

it.each<[what: string, dispatcher: () => undici.Dispatcher, status: number, outcome: string]>([
  ['responseError() and 404', () => new undici.Agent().compose(undici.interceptors.responseError()), 404, 'success'],
  [
    'responseError() and 429',
    () => new undici.Agent().compose(undici.interceptors.responseError()),
    429,
    'ignored 429',
  ],
  [
    'responseError() and 503',
    () => new undici.Agent().compose(undici.interceptors.responseError()),
    503,
    'failure 503',
  ],
  ['RetryAgent and 429', () => new undici.RetryAgent(new undici.Agent(), once), 429, 'ignored 429'],
  ['RetryAgent and 503', () => new undici.RetryAgent(new undici.Agent(), once), 503, 'failure 503'],
  [
    'an answer with more headers than allowed',
    () => new undici.Agent({ maxHeaderSize: 200 }),
    200,
    'ignored UND_ERR_HEADERS_OVERFLOW',
  ],
])(
  'a response that a dispatcher rejects counts by its status, and a limit of the caller is ignored: %s',
  async (_what, dispatcher, status, outcome) => {
    const { fetch, outcomes } = watch({ fetch: own });
    await expect(fetch(`${base}/${status}`, { dispatcher: dispatcher() } as RequestInit)).rejects.toThrow();
    expect(outcomes).toEqual([outcome]);
  },
);

it('a response larger than allowed is the caller’s limit, where bodies are observed', async () => {
  const { fetch, outcomes } = watch({ fetch: own, observeBody: true });
  const dispatcher = new undici.Agent({ maxResponseSize: 10 });
  await expect(fetch(`${base}/200`, { dispatcher } as RequestInit).then((answer) => answer.text())).rejects.toThrow();
  expect(outcomes).not.toContainEqual(expect.stringContaining('failure'));
});

it('the Retry-After of a rejected response counts', async () => {
  const { fetch, permits } = watch({ fetch: own });
  const dispatcher = new undici.Agent().compose(undici.interceptors.responseError());
  await expect(fetch(`${base}/503`, { dispatcher } as RequestInit)).rejects.toThrow();
  permits.breaker.trip();
  expect(permits.breaker.retryAfter).toBe(7_000);
});

it('an observed answer, and its clones, are of the class of the fetch that gave them', async () => {
  const { fetch } = watch({ fetch: own, observeBody: true });
  const answer = await fetch(`${base}/200`);
  expect(answer).toBeInstanceOf(undici.Response);
  expect(answer.clone()).toBeInstanceOf(undici.Response);
  expect(answer.clone().clone().url).toBe(`${base}/200`);
  expect([answer.status, answer.url, (await answer.text()).length]).toEqual([200, `${base}/200`, 100]);
});
