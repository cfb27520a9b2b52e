import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { type FaultServer, faultServer, freePort, OPEN_FOR, watchBreaker } from '@switchgear/testkit';
import { type Context, Hono } from 'hono';
import { proxy } from 'hono/proxy';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { type BreakerProxyOptions, breakerProxy, circuitBreaker } from '../src/index.ts';
import { serve } from './serve.ts';

let upstream: FaultServer;
beforeEach(async () => {
  upstream = await faultServer();
});
afterEach(() => upstream.close());

/** An app that passes everything on. */
function passing(options: BreakerProxyOptions): Hono {
  const app = new Hono();
  app.all('*', breakerProxy(options));
  return app;
}

/** An upstream that answers with what it was asked. */
async function echo(): Promise<string> {
  const server = createServer(async (request: IncomingMessage, response) => {
    const { method, url, headers } = request;
    response.end(JSON.stringify({ method, url, headers, body: await text(request) }));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

describe('a request is forwarded', () => {
  it.each<[to: string, path: string, url: string]>([
    ['', '/a/b?c=d&e', '/a/b?c=d&e'],
    ['/', '/a', '/a'],
    ['/base', '/a?b', '/base/a?b'],
    ['/base/', '/', '/base/'],
    ['/base', '/../../a%2Fb', '/base/a%2Fb'],
    ['/base?old', '//other.example/a', '/base//other.example/a'],
  ])('to %j, its path and query added: %j', async (to, path, url) => {
    const app = passing({ to: (await echo()) + to });
    expect(await (await app.request(`http://front.example${path}`)).json()).toMatchObject({ url });
  });

  it('with its method, headers and body, but not its Host', async () => {
    const url = await echo();
    const server = await serve(passing({ to: new URL(url) }));
    onTestFinished(() => server.close());
    const response = await fetch(`${server.url}/x`, { method: 'PUT', headers: { 'x-own': 'y' }, body: 'hello' });
    expect(await response.json()).toMatchObject({
      method: 'PUT',
      body: 'hello',
      headers: { 'x-own': 'y', host: new URL(url).host },
    });
  });

  it('without its Host, which some runtimes would forward', async () => {
    const seen: (string | null)[] = [];
    vi.stubGlobal('fetch', async ({ headers }: Request) => {
      seen.push(headers.get('host'), headers.get('x-own'));
      return new Response();
    });
    onTestFinished(() => void vi.unstubAllGlobals());
    await passing({ to: 'http://a.example' }).request('/', { headers: { host: 'front.example', 'x-own': 'y' } });
    expect(seen).toEqual([null, 'y']);
  });

  it('to an address that a function returns', async () => {
    const url = await echo();
    const app = passing({ to: (c) => `${url}/tenants/${c.req.header('tenant')}` });
    expect(await (await app.request('/', { headers: { tenant: 'a' } })).json()).toMatchObject({ url: '/tenants/a' });
  });

  it('by a function that makes the call', async () => {
    const url = await echo();
    const forward = (to: URL, c: Context) => proxy(to, { raw: c.req.raw, headers: { 'x-own': 'y' } });
    const response = await passing({ to: url, forward }).request('/x', { method: 'POST', body: 'hello' });
    expect(await response.json()).toMatchObject({ method: 'POST', body: 'hello', headers: { 'x-own': 'y' } });
  });
});

/** What a client of a real connection may send: `fetch` would not. */
async function sent(to: string, headers: readonly string[], options: Partial<BreakerProxyOptions> = {}) {
  const server = await serve(passing({ to: await echo(), ...options }));
  onTestFinished(() => server.close());
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  socket.write(
    `POST ${to} HTTP/1.1\r\nhost: front.example\r\ncontent-length: 5\r\n${headers.join('\r\n')}\r\n\r\nhello`,
  );
  const answer = await text(socket);
  const told = answer.slice(answer.indexOf('{'), answer.lastIndexOf('}') + 1);
  return { head: answer.slice(0, answer.indexOf('\r\n')), told: JSON.parse(told) as Told };
}

interface Told {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

describe('hop-by-hop headers are removed, as RFC 9110 requires', () => {
  it.each<[what: string, headers: readonly string[], gone: readonly string[]]>([
    ['what Connection names', ['connection: close, x-hop , X-Two', 'x-hop: 1', 'x-two: 2'], ['x-hop', 'x-two']],
    ['what several of them name', ['connection: close', 'connection: x-hop', 'x-hop: 1'], ['x-hop']],
    ['nothing where it names no header', ['connection: close, @@ , ', 'x-own: 2'], []],
    ['Expect', ['connection: close', 'expect: 100-continue'], ['expect']],
    ['TE and Trailer', ['connection: close, te', 'te: trailers', 'trailer: x-sum'], ['te', 'trailer']],
    ['Keep-Alive', ['connection: close', 'keep-alive: timeout=5'], ['keep-alive']],
    [
      'Proxy-*',
      [
        'connection: close',
        'proxy-authorization: Basic x',
        'proxy-connection: keep-alive',
        'proxy-authenticate: Basic',
      ],
      ['proxy-authorization', 'proxy-connection', 'proxy-authenticate'],
    ],
    ['HTTP2-Settings', ['connection: close, http2-settings', 'http2-settings: AAMAAABkAAQAAP__'], ['http2-settings']],
  ])('%s', async (_what, headers, gone) => {
    const { head, told } = await sent('/', ['x-own: y', ...headers]);
    expect(head).toMatch(/^HTTP\/1.1 (100 Continue|200 OK)/);
    expect(told.body).toBe('hello');
    expect(Object.keys(told.headers)).toEqual(expect.arrayContaining(['x-own', 'content-length']));
    expect(gone.filter((name) => name in told.headers)).toEqual([]);
  });

  it('from the answer too', async () => {
    const server = createServer((_request, response) => {
      const own = {
        connection: 'close, x-hop',
        'x-hop': '1',
        'keep-alive': 'timeout=5',
        'proxy-authenticate': 'Basic',
        upgrade: 'h2c',
      };
      response.writeHead(200, { ...own, 'x-own': 'y', 'proxy-status': 'a', 'set-cookie': ['a=1', 'b=2'] }).end('hello');
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    onTestFinished(() => void server.close());
    const response = await passing({ to: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }).request('/');
    expect([await response.text(), response.headers.getSetCookie()]).toEqual(['hello', ['a=1', 'b=2']]);
    expect([...response.headers.keys()]).toEqual(expect.arrayContaining(['x-own', 'proxy-status']));
    const gone = ['connection', 'x-hop', 'keep-alive', 'proxy-authenticate', 'upgrade'];
    expect(gone.filter((name) => response.headers.has(name))).toEqual([]);
  });

  it('an answer is decoded once, and its headers agree', async () => {
    const server = createServer((_request, response) => {
      const body = gzipSync('hello');
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': body.length }).end(body);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    onTestFinished(() => void server.close());
    const response = await passing({ to: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }).request('/');
    expect([await response.text(), response.headers.has('content-encoding')]).toEqual(['hello', false]);
  });
});

describe('the headers that describe the client', () => {
  const FORGED = [
    'connection: close',
    'x-forwarded-for: 6.6.6.6',
    'x-forwarded-host: evil',
    'x-forwarded-proto: https',
    'forwarded: for=6.6.6.6',
    'x-real-ip: 6.6.6.6',
    'x-forwarded-anything: 1',
  ];
  const forwarded = ({ headers }: Told) =>
    Object.fromEntries(Object.entries(headers).filter(([name]) => /forwarded|real-ip/.test(name)));

  it('are not taken from the client', async () => {
    expect(forwarded((await sent('/', FORGED)).told)).toEqual({});
  });

  it('are taken from a proxy in front, if the app has one', async () => {
    expect(Object.keys(forwarded((await sent('/', FORGED, { forwarded: 'pass' })).told))).toHaveLength(6);
  });

  it('may be set by the app instead', async () => {
    const options: Partial<BreakerProxyOptions> = {
      forwarded: (c) => ({ 'x-forwarded-host': c.req.header('host') ?? '' }),
    };
    expect(forwarded((await sent('/', FORGED, options)).told)).toEqual({ 'x-forwarded-host': 'front.example' });
  });
});

it('the breakers that a proxy makes are visible: one for each origin, and none if one is given', async () => {
  const handler = breakerProxy({ to: upstream.url });
  expect([...handler.breakers]).toEqual([]);
  await new Hono().all('*', handler).request('/');
  expect([...handler.breakers].map(({ name, state }) => [name, state])).toEqual([[upstream.url, 'closed']]);
  handler.breakers.get(upstream.url).trip();
  expect((await new Hono().all('*', handler).request('/')).status).toBe(503);
  const given = breakerProxy({ to: upstream.url, breaker: watchBreaker().breaker });
  await new Hono().all('*', given).request('/');
  expect(given.breakers.size).toBe(0);
});

describe('the outcome of an upstream', () => {
  it('is that of its answer, which comes through unchanged', async () => {
    const { breaker, outcomes } = watchBreaker();
    const app = passing({ to: upstream.url, breaker });
    for (const status of [200, 404, 503, 429]) {
      upstream.next({ does: 'answer', status, headers: { 'x-own': 'y' }, body: 'hello' });
      const response = await app.request('/');
      expect([response.status, response.headers.get('x-own'), await response.text()]).toEqual([status, 'y', 'hello']);
    }
    expect(outcomes).toEqual(['success', 'success', 'failure 503', 'ignored 429']);
  });

  it('is a failure without an answer, and the app’s onError sees why', async () => {
    const { breaker, outcomes } = watchBreaker();
    const app = passing({ to: `http://127.0.0.1:${await freePort()}`, breaker });
    app.onError((error, c) => c.text(error.message, 502));
    expect(await (await app.request('/')).text()).toBe('fetch failed');
    expect(outcomes).toEqual(['failure ECONNREFUSED']);
  });

  it('is a timeout if the call has a time limit that elapses', async () => {
    const { breaker, outcomes } = watchBreaker();
    upstream.always({ does: 'hang' });
    const forward = (to: URL) => fetch(to, { signal: AbortSignal.timeout(1) });
    const app = passing({ to: upstream.url, breaker, forward });
    app.onError((_error, c) => c.text('', 504));
    expect((await app.request('/')).status).toBe(504);
    expect(outcomes).toEqual(['failure timeout']);
  });

  it('is known with its headers: a body that breaks off changes nothing', async () => {
    const { breaker, outcomes } = watchBreaker();
    upstream.next({ does: 'half-body' });
    const response = await passing({ to: upstream.url, breaker }).request('/');
    await expect(response.text()).rejects.toThrow();
    expect(outcomes).toEqual(['success']);
  });

  it('is ignored if the client left and that ended the call', async () => {
    const { breaker, permits, outcomes } = watchBreaker();
    upstream.always({ does: 'hang' });
    const app = passing({ to: upstream.url, breaker, classify: () => 'failure' });
    const settled = new Promise((resolve) => breaker.subscribe(resolve, { outcomes: true }));
    const server = await serve(app);
    onTestFinished(() => server.close());
    const controller = new AbortController();
    const call = fetch(server.url, { signal: controller.signal });
    await vi.waitFor(() => expect(upstream.requests).toBe(1), { interval: 1 });
    // Node collects requests that only follow the signal of another one.
    collectGarbage();
    controller.abort();
    await expect(call).rejects.toThrow();
    await settled;
    expect(outcomes).toEqual(['ignored']);
    expect(permits).toMatchObject({ issued: 1, inFlight: 0 });
  });

  it('keeps the circuit open at least as long as Retry-After says', async () => {
    const { breaker } = watchBreaker();
    upstream.next({ does: 'answer', status: 503, headers: { 'retry-after': '30' } });
    await passing({ to: upstream.url, breaker }).request('/');
    breaker.trip();
    expect(breaker.retryAfter).toBeGreaterThan(OPEN_FOR);
  });
});

describe('a caller’s mistake takes no permit', () => {
  it('when the body has been read already', async () => {
    const { breaker, permits } = watchBreaker();
    const app = new Hono();
    app.use(async (c, next) => {
      await c.req.raw.text();
      await next();
    });
    app.all('*', breakerProxy({ to: upstream.url, breaker }));
    app.onError((error, c) => c.text(error.name, 400));
    expect(await (await app.request('/', { method: 'POST', body: 'x' })).text()).toBe('TypeError');
    expect(permits.issued).toBe(0);
  });

  it('when the address does not parse', async () => {
    const { breaker, permits } = watchBreaker();
    const app = passing({ to: () => 'nowhere', breaker });
    app.onError((_error, c) => c.text('', 500));
    expect((await app.request('/')).status).toBe(500);
    expect(permits.issued).toBe(0);
  });
});

describe('an open circuit', () => {
  it('answers 503 without calling the upstream, or as a function does', async () => {
    const { breaker } = watchBreaker();
    breaker.trip();
    const plain = await passing({ to: upstream.url, breaker }).request('/x');
    expect([plain.status, plain.headers.get('retry-after')]).toEqual([503, '1']);
    const own = passing({ to: upstream.url, breaker, onOpen: (_open, c) => c.text('the last good copy') });
    expect(await (await own.request('/x')).text()).toBe('the last good copy');
    expect(upstream.requests).toBe(0);
  });

  it('is ignored by a breaker around the route', async () => {
    const [inner, outer] = [watchBreaker(), watchBreaker()];
    inner.breaker.trip();
    const app = new Hono();
    app.use(circuitBreaker({ breaker: outer.breaker }));
    app.all('*', breakerProxy({ to: upstream.url, breaker: inner.breaker }));
    expect((await app.request('/')).status).toBe(503);
    expect(outer.outcomes).toEqual(['ignored EOPENBREAKER']);
  });

  it('is separate for each upstream if none is given', async () => {
    const other = await faultServer();
    onTestFinished(() => other.close());
    const app = passing({ to: (c) => (c.req.path === '/other' ? other.url : upstream.url) });
    upstream.always({ does: 'reset' });
    app.onError((_error, c) => c.text('', 502));
    const statuses = new Set<number>();
    while (!statuses.has(503)) statuses.add((await app.request('/')).status);
    expect([...statuses]).toEqual([502, 503]);
    expect((await app.request('/other')).status).toBe(200);
  });

  it('does not matter to a request for which no breaker is picked', async () => {
    const app = passing({ to: upstream.url, breaker: () => undefined });
    expect((await app.request('/')).status).toBe(200);
  });
});

describe('an invalid option is refused when the handler is made', () => {
  it.each<[options: unknown, message: string]>([
    [undefined, 'breakerProxy must be an object, got undefined; for example breakerProxy({ to: … })'],
    [{}, 'to must be an absolute http address or a function that returns one, got undefined'],
    [{ to: '/payments' }, "to must be an absolute http address or a function that returns one, got '/payments'"],
    [{ to: 'data:,x' }, "to must be an absolute http address or a function that returns one, got 'data:,x'"],
    [{ to: 'http://a.example', forward: 1 }, 'forward must be a function, got 1'],
    [{ to: 'http://a.example', forwarded: 'keep' }, "forwarded must be 'drop', 'pass' or a function, got 'keep'"],
    [
      { to: 'http://a.example', form: 1 },
      "breakerProxy has no option 'form'; it takes to, breaker, route, attempts, trust, classify, onOpen, forward, forwarded, bufferBody",
    ],
  ])('%#', (options, message) => {
    const Refusal = /got \d+$/.test(message) ? RangeError : TypeError;
    expect(() => breakerProxy(options as never)).toThrow(new Refusal(`Switchgear: ${message}`));
  });
});
