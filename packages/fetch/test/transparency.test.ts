import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { createBreaker, failureCount } from '@switchgear/core';
import { freePort } from '@switchgear/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { breakerFetch } from '../src/index.ts';

/** A request as a program writes it. Created again for each fetch, because bodies, signals and requests can be used once. */
type Ask = (base: string) => readonly [input: Parameters<typeof fetch>[0], init?: RequestInit];

let base: string;
let refused: string;
let close: () => void;
beforeAll(async () => {
  refused = `http://127.0.0.1:${await freePort()}`;
  const server = createServer(async (request, response) => {
    response.on('error', () => undefined);
    const { pathname } = new URL(request.url ?? '/', 'http://a');
    if (pathname === '/reset') response.socket?.resetAndDestroy();
    else if (pathname === '/hang') request.resume();
    else if (pathname === '/cut') {
      response.writeHead(200, { 'content-length': '9' });
      response.write('half', () => response.socket?.resetAndDestroy());
    } else if (pathname === '/moved') response.writeHead(302, { location: '/echo' }).end();
    else if (pathname === '/kept') response.writeHead(307, { location: '/echo' }).end();
    else if (pathname === '/loop') response.writeHead(302, { location: '/loop' }).end();
    else if (pathname === '/gzip') response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('squeezed'));
    else if (pathname === '/cookies')
      response
        .writeHead(
          200,
          [
            ['set-cookie', 'a=1'],
            ['set-cookie', 'b=2'],
          ].flat(),
        )
        .end();
    else if (pathname === '/empty') response.writeHead(204).end();
    else if (pathname.startsWith('/status/')) response.writeHead(Number(pathname.slice(8)), 'A Reason').end('why');
    else {
      const { host: _, ...headers } = request.headers;
      const body = (await text(request)).replaceAll(/formdata-undici-\d+/g, 'BOUNDARY');
      if (headers['content-type']?.startsWith('multipart')) delete headers['content-type'];
      response.end(JSON.stringify([request.method, request.url, headers, body]));
    }
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  close = () => void server.close().closeAllConnections();
});
afterAll(() => close());

const post = (init: RequestInit): RequestInit => ({ method: 'POST', ...init });
const form = new FormData();
form.set('a', 'b');
const stream = () => new Blob(['s']).stream();
const used = (url: string) => {
  const request = new Request(url, post({ body: 'x' }));
  void request.text();
  return request;
};

/** What fetch is given, good and bad. */
const asks: Readonly<Record<string, Ask>> = {
  'a text': (b) => [`${b}/echo`],
  'a URL with a hash': (b) => [new URL(`${b}/echo?a#b`)],
  'what has a toString': (b) => [{ toString: () => `${b}/echo` } as unknown as string],
  'a Request': (b) => [new Request(`${b}/echo`, { headers: { a: 'b' } })],
  'a Request and more': (b) => [new Request(`${b}/echo`, post({ body: 'x' })), { method: 'PUT', body: 'y' }],
  'a method in small letters': (b) => [`${b}/echo`, { method: 'patch', body: 'x' }],
  HEAD: (b) => [`${b}/echo`, { method: 'HEAD' }],
  'headers as pairs': (b) => [
    `${b}/echo`,
    {
      headers: [
        ['a', '1'],
        ['a', '2'],
      ],
    },
  ],
  'a form': (b) => [`${b}/echo`, post({ body: form })],
  parameters: (b) => [`${b}/echo`, post({ body: new URLSearchParams({ a: 'b' }) })],
  bytes: (b) => [`${b}/echo`, post({ body: new Uint8Array([65]) })],
  'a blob': (b) => [`${b}/echo`, post({ body: new Blob(['x'], { type: 'text/own' }) })],
  'a stream': (b) => [`${b}/echo`, post({ body: stream(), duplex: 'half' } as RequestInit)],
  'init that is null': (b) => [`${b}/echo`, null as never],
  'a redirect': (b) => [`${b}/moved`, post({ body: 'x' })],
  'a redirect that keeps the body': (b) => [`${b}/kept`, post({ body: 'x' })],
  'a redirect by hand': (b) => [`${b}/moved`, { redirect: 'manual' }],
  'a redirect forbidden': (b) => [`${b}/moved`, { redirect: 'error' }],
  'an endless redirect': (b) => [`${b}/loop`],
  'a body that was squeezed': (b) => [`${b}/gzip`],
  cookies: (b) => [`${b}/cookies`],
  nothing: (b) => [`${b}/empty`],
  ...Object.fromEntries(
    [304, 404, 429, 500, 503].map((status) => [`a ${status}`, (b: string) => [`${b}/status/${status}`]]),
  ),
  data: () => ['data:text/own;charset=utf-8,hello'],
  'a blob’s address': () => [URL.createObjectURL(new Blob(['hello']))],
  'integrity that holds': () => ['data:,a', { integrity: 'sha256-ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs=' }],
  'integrity that does not': (b) => [`${b}/echo`, { integrity: 'sha256-ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs=' }],
  'a body cut': (b) => [`${b}/cut`],
  'a connection reset': (b) => [`${b}/reset`],
  'a connection refused': () => [refused],
  'nothing at all': () => [] as never,
  'a symbol': () => [Symbol('a') as never],
  'an invalid URL': () => ['http://['],
  'a relative address': () => ['/echo'],
  'another scheme': () => ['foo://a'],
  'a port forbidden': () => ['http://127.0.0.1:1'],
  'a name and a password': (b) => [b.replace('//', '//a:b@')],
  'GET with a body': (b) => [`${b}/echo`, { body: 'x' }],
  'a stream without duplex': (b) => [`${b}/echo`, post({ body: stream() })],
  'a header with a space': (b) => [`${b}/echo`, { headers: { 'a b': 'c' } }],
  'a method of two words': (b) => [`${b}/echo`, { method: 'A B' }],
  'an invalid mode': (b) => [`${b}/echo`, { mode: 'navigate' }],
  'an invalid signal': (b) => [`${b}/echo`, { signal: {} as AbortSignal }],
  'a Request used up': (b) => [used(`${b}/echo`)],
  'aborted before': (b) => [`${b}/echo`, { signal: AbortSignal.abort(new RangeError('own')) }],
  'aborted before, with a string': (b) => [`${b}/echo`, { signal: AbortSignal.abort('a word') }],
  'out of time before the answer': (b) => [`${b}/hang`, { signal: AbortSignal.timeout(20) }],
  'a signal taken away': (b) => [new Request(`${b}/echo`, { signal: AbortSignal.abort() }), { signal: null }],
};

const far = { name: 'far', openWhen: failureCount(1e9) };

describe.each([false, true])('a protected fetch is as the platform’s (observeBody: %s)', (observeBody) => {
  it.each(Object.entries(asks))('%s', async (_what, ask) => {
    const call = breakerFetch({ breaker: createBreaker(far), observeBody });
    expect(await seen(call, ask)).toEqual(await seen(fetch, ask));
  });
});

/** Everything that a program sees of one call. */
async function seen(call: typeof fetch, ask: Ask): Promise<unknown> {
  try {
    const response = await call(...(ask(base) as Parameters<typeof fetch>));
    const { status, statusText, ok, url, redirected, type, headers, bodyUsed, body } = response;
    const shown = [...headers].filter(([name]) => name !== 'date');
    const read = await response.clone().text().catch(described);
    const again = await response.text().catch(described);
    const third = await response.text().catch(described);
    return {
      ...{ status, statusText, ok, redirected, type, shown, bodyUsed, read, again, third },
      ...{ hasBody: body !== null, url: url.replace(/^blob:.*/, 'blob'), is: response instanceof Response },
    };
  } catch (error) {
    return described(error);
  }
}

function described(error: unknown): unknown {
  if (!(error instanceof Error || error instanceof DOMException)) return { thrown: error };
  const { name, message, cause } = error;
  const { code, message: why } = Object(cause) as { code?: string; message?: string };
  // Node has two errors for a lost connection, depending on which side noticed first.
  const gone = /ECONNRESET|UND_ERR_SOCKET|other side closed|read ECONNRESET/;
  const plain = (words?: string) => words?.replaceAll(/127\.0\.0\.1:\d+/g, 'HOST').replace(gone, 'GONE');
  return {
    name,
    message: plain(message),
    code: plain(code),
    why: plain(why)?.replace(/.*GONE.*/, 'GONE'),
    of: error.constructor.name,
  };
}
