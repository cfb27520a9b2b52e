import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { overdue, slowCallRate } from '@switchgear/core';
import { OPEN_FOR, type WatchedBreaker, watchBreaker } from '@switchgear/testkit';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { proxy } from 'hono/proxy';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { type Binding, bindingFetch, breakerProxy, type CircuitBreakerOptions, circuitBreaker } from '../src/index.ts';
import { type Served, serve } from './serve.ts';

// Node's server and Hono print what clients that leave do to requests.
beforeEach(() => void vi.spyOn(console, 'error').mockReturnValue());
afterEach(() => vi.restoreAllMocks());

/** A body in two pieces of which the second comes when its client likes. */
interface SlowClient {
  /** Sends the rest and gives the whole answer. */
  finish(): Promise<string>;

  /** The beginning of the answer, without sending the rest. */
  answer(): Promise<string>;
  leave(): void;
}

/** An upstream that answers with the size of what it was sent. */
async function sizes(): Promise<string> {
  const server = createServer((request: IncomingMessage, response) => {
    buffer(request).then(
      ({ length }) => response.end(String(length)),
      () => response.destroy(),
    );
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Sends headers and the first bytes of a body, and waits until the server has them. */
async function begin(server: Served, first: string, rest: string, chunked = false): Promise<SlowClient> {
  const socket: Socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  const arrived = server.arrival();
  const framed = (text: string) => (chunked && text ? `${text.length.toString(16)}\r\n${text}\r\n` : text);
  const length = chunked ? 'transfer-encoding: chunked' : `content-length: ${first.length + rest.length}`;
  socket.write(`POST / HTTP/1.1\r\nhost: a.example\r\nconnection: close\r\n${length}\r\n\r\n${framed(first)}`);
  await arrived;
  return {
    async finish() {
      socket.write(framed(rest) + (chunked ? '0\r\n\r\n' : ''));
      return String(await buffer(socket));
    },
    answer: async () => String((await once(socket, 'data'))[0]),
    leave: () => void socket.destroy(),
  };
}

async function several(count: number, one: () => Promise<SlowClient>): Promise<readonly SlowClient[]> {
  const clients: SlowClient[] = [];
  while (clients.length < count) clients.push(await one());
  return clients;
}

/** The ways to put a breaker in front of code that reads a body. */
const doors: Readonly<Record<string, (watched: WatchedBreaker, bufferBody?: number) => Promise<Hono>>> = {
  'a route': async ({ breaker }, bufferBody) => {
    const app = new Hono().use(circuitBreaker({ breaker, bufferBody }));
    return app.all('*', async (c) => c.text(String((await c.req.text()).length)));
  },
  'a proxy': async ({ breaker }, bufferBody) =>
    new Hono().all('*', breakerProxy({ to: await sizes(), breaker, bufferBody })),
  'a binding': async ({ breaker }, bufferBody) => {
    const worker: Binding = {
      fetch: async (...args) => new Response(String((await new Request(...args).text()).length)),
    };
    return new Hono().all('*', (c) => bindingFetch(worker, { breaker, bufferBody })(new Request(c.req.raw)));
  },
};

/** Resolves when the app has dealt with its next request, one way or another. */
function settling(app: Hono): Promise<void> {
  const { fetch } = app;
  return new Promise((resolve) => {
    app.fetch = async (...args) => {
      try {
        return await fetch(...args);
      } finally {
        resolve();
      }
    };
  });
}

async function served(app: Hono): Promise<Served> {
  const server = await serve(app);
  onTestFinished(() => server.close());
  return server;
}

describe.each(Object.entries(doors))('in front of %s', (_name, door) => {
  it.each([
    ['withholds its body', '', 'hello', false],
    ['sends half of it', 'hel', 'lo', false],
    ['sends it in chunks', 'hel', 'lo', true],
  ])(
    'a client that %s takes no probe, and nothing is counted until its body is in',
    async (_what, first, rest, chunked) => {
      const watched = watchBreaker();
      const { breaker, clock, permits, outcomes } = watched;
      const server = await served(await door(watched));
      breaker.trip();
      clock.advance(OPEN_FOR);
      const slow = await begin(server, first, rest, chunked);
      expect([breaker.state, permits.issued]).toEqual(['half-open', 0]);
      expect(await (await fetch(server.url, { method: 'POST', body: 'quick' })).text()).toBe('5');
      expect([breaker.state, outcomes]).toEqual(['closed', ['success']]);
      expect(await slow.finish()).toMatch(/5(\r\n0\r\n\r\n)?$/);
      expect(outcomes).toEqual(['success', 'success']);
      expect(permits).toMatchObject({ issued: 2, inFlight: 0, recorded: 0 });
    },
  );

  it('the duration is measured from when the body is in, whether it is kept or streamed', async () => {
    for (const bufferBody of [undefined, 0, 2]) {
      const watched = watchBreaker({ openWhen: slowCallRate(0.5, { slowerThan: 100, minimumCalls: 2 }) });
      const server = await served(await door(watched, bufferBody));
      const clients = await several(12, () => begin(server, 'hel', 'lo'));
      watched.clock.advance(60_000);
      for (const client of clients) expect(await client.finish()).toMatch(/5(\r\n0\r\n\r\n)?$/);
      expect(watched.breaker.metrics()).toMatchObject({ state: 'closed', calls: 12, slow: 0 });
    }
  });

  it('clients that never send their bodies do not make the service look silent', async () => {
    for (const bufferBody of [undefined, 0]) {
      const watched = watchBreaker({ openWhen: overdue(2, { longerThan: 100 }) });
      const server = await served(await door(watched, bufferBody));
      const clients = await several(5, () => begin(server, '', 'hello'));
      watched.clock.advance(60_000);
      expect(await (await fetch(server.url, { method: 'POST', body: 'quick' })).text()).toBe('5');
      expect(watched.breaker.state).toBe('closed');
      for (const client of clients) client.leave();
    }
  });

  it('a client that breaks off its body is ignored', async () => {
    for (const bufferBody of [undefined, 0]) {
      const watched = watchBreaker();
      const { permits, outcomes } = watched;
      const app = await door(watched, bufferBody);
      const ended = settling(app);
      const server = await served(app);
      (await begin(server, 'hel', 'lo')).leave();
      await ended;
      await new Promise(setImmediate);
      expect(outcomes.filter((outcome) => !outcome.startsWith('ignored'))).toEqual([]);
      expect(permits.inFlight).toBe(0);
    }
  });

  it('an open circuit refuses before the body has come', async () => {
    const watched = watchBreaker();
    const server = await served(await door(watched));
    watched.breaker.trip();
    const slow = await begin(server, '', 'hello');
    expect(await slow.answer()).toMatch(/^HTTP\/1.1 503 /);
    expect(watched.breaker.metrics().rejected).toBe(1);
    slow.leave();
  });

  it('a body larger than the limit streams through, and its permit is asked for when it is in', async () => {
    const watched = watchBreaker();
    const { breaker, clock, permits, outcomes } = watched;
    const server = await served(await door(watched, 4));
    const slow = await begin(server, 'hello', ' world');
    expect(permits.issued).toBe(0);
    expect(await slow.finish()).toMatch(/11(\r\n0\r\n\r\n)?$/);
    breaker.trip();
    clock.advance(OPEN_FOR);
    const probe = await begin(server, 'hello', ' world');
    expect(await (await fetch(server.url, { method: 'GET' })).text()).toBe('0');
    expect(breaker.state).toBe('closed');
    await probe.finish();
    expect(outcomes).toEqual(['success', 'success', 'success']);
    expect(permits).toMatchObject({ issued: 3, inFlight: 0, settledTwice: 0 });
  });

  it('a route with only large bodies recovers, and opens again', async () => {
    for (const state of ['closed', 'open'] as const) {
      const { breaker, clock } = watchBreaker();
      const app = new Hono().use(circuitBreaker({ breaker, bufferBody: 0 }));
      app.all('*', async (c) => c.text(await c.req.text(), state === 'closed' ? 200 : 500));
      breaker.trip();
      clock.advance(OPEN_FOR);
      await app.request('/', { method: 'POST', body: 'hello' });
      expect(breaker.state).toBe(state);
    }
  });
});

describe('a handler sees what the client has sent', () => {
  const bytes = new Uint8Array(3_000).map((_, at) => at % 251);
  const form = (): FormData => {
    const data = new FormData();
    data.set('name', 'ä');
    data.set('file', new File([bytes], 'a.bin', { type: 'image/png' }));
    return data;
  };
  const sum = async (data: Promise<ArrayBuffer | Uint8Array>) => {
    const got = new Uint8Array(await data);
    return `${got.length} ${got.reduce((total, byte) => total + byte, 0)}`;
  };
  const reading: Readonly<Record<string, (c: Context) => Promise<unknown>>> = {
    text: (c) => c.req.text(),
    arrayBuffer: (c) => sum(c.req.arrayBuffer()),
    blob: async (c) => sum((await c.req.blob()).arrayBuffer()),
    'parseBody, twice': async (c) => [Object.keys(await c.req.parseBody()), Object.keys(await c.req.parseBody())],
    formData: async (c) =>
      [...(await c.req.formData())].map(([name, value]) => [name, value instanceof File && value.size]),
    'raw.text': (c) => c.req.raw.text(),
    'raw.arrayBuffer': (c) => sum(c.req.raw.arrayBuffer()),
    'raw.formData': async (c) => [...(await c.req.raw.formData()).keys()],
    'raw.body': (c) => sum(new Response(c.req.raw.body).arrayBuffer()),
    'raw.clone': async (c) => [await sum(c.req.raw.clone().arrayBuffer()), await sum(c.req.raw.arrayBuffer())],
    'new Request(raw)': (c) => sum(new Request(c.req.raw).arrayBuffer()),
    'a reader with its own memory': async (c) => {
      const reader = new Response(c.req.raw.body).body?.getReader();
      let size = 0;
      for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) size += next.value.length;
      return size;
    },
    'its headers, address and method': async (c) => [
      c.req.header('content-type'),
      c.req.url,
      c.req.method,
      c.req.raw.bodyUsed,
    ],
    nothing: async () => 'nothing',
  };
  const bodies: Readonly<Record<string, () => BodyInit>> = {
    text: () => 'hëllo',
    'an empty text': () => '',
    bytes: () => bytes,
    parameters: () => new URLSearchParams({ a: 'b', c: 'd' }),
    'a stream': () => new Response(bytes).body as ReadableStream,
  };
  const places: Readonly<Record<string, readonly MiddlewareHandler[]>> = (() => {
    const one = (bufferBody?: number) => circuitBreaker({ breaker: watchBreaker().breaker, bufferBody });
    return {
      once: [one()],
      twice: [one(), one()],
      'without keeping it': [one(0)],
      'keeping some of it, twice': [one(100), one()],
      'behind a limit': [bodyLimit({ maxSize: 100_000 }), one()],
      'before a limit': [one(), bodyLimit({ maxSize: 100_000 }), one()],
    };
  })();

  it.each(Object.keys(places))('behind a breaker %s, in a server and without one', async (place) => {
    const results: unknown[] = [];
    for (const before of [[], places[place] ?? []]) {
      const app = new Hono();
      for (const middleware of before) app.use(middleware);
      app.onError((error, c) => c.text(error.name, 400));
      for (const [name, read] of Object.entries(reading)) {
        app.post(`/${encodeURIComponent(name)}`, async (c) => c.json(((await read(c)) ?? null) as string));
      }
      const server = await served(app);
      const seen: string[] = [];
      for (const name of Object.keys(reading)) {
        const all = /form|parse/i.test(name) ? { 'a form': form } : bodies;
        for (const [what, body] of Object.entries(all)) {
          const init = () => ({ method: 'POST', body: body(), duplex: 'half' }) as RequestInit;
          const path = `/${encodeURIComponent(name)}`;
          const [local, remote] = [await app.request(path, init()), await fetch(server.url + path, init())];
          const texts = [await local.text(), (await remote.text()).replaceAll(server.url, '')];
          seen.push(`${name}, ${what}: ${texts.join(' | ').replaceAll(/boundary=\S+?"/g, '')}`);
        }
      }
      results.push(seen);
    }
    expect(results[1]).toEqual(results[0]);
  });

  it('and the fields that its host has put on the request', async () => {
    const app = new Hono().use(circuitBreaker({ breaker: watchBreaker().breaker }));
    app.post('/', (c) => c.json((c.req.raw as Request & { cf?: object }).cf ?? null));
    const request = new Request('http://a.example/', { method: 'POST', body: 'x' });
    expect(await (await app.request(Object.assign(request, { cf: { colo: 'FRA' } }))).json()).toEqual({ colo: 'FRA' });
  });

  it('and the signal of the client', async () => {
    const { breaker, outcomes } = watchBreaker();
    const app = new Hono().use(circuitBreaker({ breaker }));
    const controller = new AbortController();
    app.post('/', async (c) => {
      controller.abort(new Error('left'));
      return c.text(String(c.req.raw.signal.aborted), 500);
    });
    const response = await app.request('/', { method: 'POST', body: 'x', signal: controller.signal });
    expect([await response.text(), outcomes]).toEqual(['true', ['ignored']]);
  });

  it('a request that `forward` passes on has its body', async () => {
    const url = await sizes();
    const forward = (to: URL, c: Context) => proxy(to, { raw: c.req.raw });
    const app = new Hono().all('*', breakerProxy({ to: url, breaker: watchBreaker().breaker, forward }));
    const server = await served(app);
    expect(await (await begin(server, 'hel', 'lo')).finish()).toMatch(/5(\r\n0\r\n\r\n)?$/);
  });
});

it('a body that arrived together with its headers is not copied on Node', async () => {
  const seen: Request[] = [];
  const app = new Hono();
  app.use(async (c, next) => {
    seen.push(c.req.raw);
    await next();
  });
  app.post('/', circuitBreaker({ breaker: watchBreaker().breaker }), async (c) => {
    seen.push(c.req.raw);
    return c.text(await c.req.raw.text());
  });
  const server = await served(app);
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  socket.write('POST / HTTP/1.1\r\nhost: a.example\r\nconnection: close\r\ncontent-length: 5\r\n\r\nhello');
  expect(String(await buffer(socket))).toMatch(/hello$/);
  expect(seen[1]).toBe(seen[0]);
});

it('a body that other code has read, or is reading, is not waited for', async () => {
  const { breaker, outcomes } = watchBreaker();
  const options: CircuitBreakerOptions = { breaker };
  const app = new Hono();
  app.use(async (c, next) => {
    await c.req.json();
    await next();
  });
  app.post('/', circuitBreaker(options), async (c) => c.json(await c.req.json()));
  expect(await (await app.request('/', { method: 'POST', body: '{"a":1}' })).json()).toEqual({ a: 1 });
  expect(outcomes).toEqual(['success']);
});
