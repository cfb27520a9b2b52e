import { createBreaker, failureCount } from '@switchgear/core';
import { Hono, type MiddlewareHandler } from 'hono';
import { basicAuth } from 'hono/basic-auth';
import { bearerAuth } from 'hono/bearer-auth';
import { bodyLimit } from 'hono/body-limit';
import { every, some } from 'hono/combine';
import { compress } from 'hono/compress';
import { contextStorage, getContext } from 'hono/context-storage';
import { setCookie } from 'hono/cookie';
import { cors } from 'hono/cors';
import { csrf } from 'hono/csrf';
import { etag } from 'hono/etag';
import { HTTPException } from 'hono/http-exception';
import { ipRestriction } from 'hono/ip-restriction';
import { logger } from 'hono/logger';
import { methodOverride } from 'hono/method-override';
import { poweredBy } from 'hono/powered-by';
import { prettyJSON } from 'hono/pretty-json';
import { requestId } from 'hono/request-id';
import { secureHeaders } from 'hono/secure-headers';
import { stream, streamSSE, streamText } from 'hono/streaming';
import { timeout } from 'hono/timeout';
import { timing } from 'hono/timing';
import { appendTrailingSlash, trimTrailingSlash } from 'hono/trailing-slash';
import { validator } from 'hono/validator';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { circuitBreaker } from '../src/index.ts';

// Hono prints the errors that it answers with 500, and its logger what it sees.
beforeEach(() => void vi.spyOn(console, 'error').mockReturnValue());
afterEach(() => vi.restoreAllMocks());

/** Writes down what middleware does, and when. */
type Log = string[];

/** An app, and what it is asked. */
interface Case {
  build(app: Hono, log: Log): unknown;
  readonly asked: readonly (readonly [path: string, init?: RequestInit])[];
}

const post = (body: BodyInit, headers: Record<string, string> = {}): RequestInit => ({ method: 'POST', body, headers });
const noting =
  (log: Log, name: string): MiddlewareHandler =>
  async (_c, next) => {
    log.push(`${name} in`);
    await next();
    log.push(`${name} out`);
  };

/** What people do with Hono: each must be the same with a breaker that never opens, wherever it stands. */
const cases: Readonly<Record<string, Case>> = {
  'text, JSON, HTML, bodies and nothing': {
    build: (app) =>
      app
        .get('/text', (c) => c.text('a', 201, { 'x-own': 'b' }))
        .get('/json', (c) => c.json({ a: 1 }))
        .get('/html', (c) => c.html('<p>a</p>'))
        .get('/raw', () => new Response(new Uint8Array([1, 2, 3]), { status: 206 }))
        .get('/none', (c) => c.body(null, 204))
        .get('/moved', (c) => c.redirect('/text', 307)),
    asked: ['/text', '/json', '/html', '/raw', '/none', '/moved', '/nowhere'].map((path) => [path] as const),
  },
  'HEAD and methods without a route': {
    build: (app) => app.get('/', (c) => c.text('a')),
    asked: [
      ['/', { method: 'HEAD' }],
      ['/', { method: 'DELETE' }],
    ],
  },
  'parameters, queries and bodies': {
    build: (app) =>
      app
        .get('/:a/:b{[0-9]+}', (c) => c.json([c.req.param(), c.req.query(), c.req.queries('q')]))
        .post('/', async (c) => c.json(await c.req.parseBody()))
        .post('/text', async (c) => c.text(await c.req.text())),
    asked: [['/x/7?q=1&q=2'], ['/x/y'], ['/', post(new URLSearchParams({ a: 'b' }))], ['/text', post('hello')]],
  },
  'middleware before and after, in its order': {
    build: (app, log) =>
      app
        .use(noting(log, 'one'))
        .use('/a/*', noting(log, 'two'))
        .get('/a/b', noting(log, 'three'), (c) => c.text('a')),
    asked: [['/a/b'], ['/c']],
  },
  'headers that are set before, after and by several': {
    build: (app) =>
      app
        .use(async (c, next) => {
          c.header('x-before', '1');
          await next();
          c.header('x-after', '2');
          c.res.headers.append('x-both', '3');
          setCookie(c, 'a', '1');
          setCookie(c, 'b', '2');
        })
        .get('/', (c) => c.text('a')),
    asked: [['/'], ['/nowhere']],
  },
  'an answer that is replaced, or has no headers to change': {
    build: (app) =>
      app
        .use(async (c, next) => {
          await next();
          c.res = new Response(`not ${await c.res.text()}`, { status: 418 });
        })
        .get('/own', (c) => c.text('a'))
        .get('/fetched', () => fetch('data:text/plain,b')),
    asked: [['/own'], ['/fetched'], ['/nowhere']],
  },
  'what is thrown': {
    build: (app, log) =>
      app
        .use(async (c, next) => {
          await next();
          log.push(`${c.error}`);
        })
        .get('/error', () => {
          throw new Error('mine');
        })
        .get('/late', async () => {
          await new Promise(setImmediate);
          throw new TypeError('late');
        })
        .get('/exception', () => {
          throw new HTTPException(402, { message: 'pay' });
        })
        .get('/response', () => {
          throw new HTTPException(503, { res: new Response('custom', { status: 503, headers: { 'x-own': 'y' } }) });
        })
        .get('/word', () => {
          throw 'a word';
        })
        .get('/object', () => Promise.reject({ an: 'object' }))
        .get('/nothing', () => undefined as never),
    asked: ['/error', '/late', '/exception', '/response', '/word', '/object', '/nothing'].map(
      (path) => [path] as const,
    ),
  },
  'onError and notFound': {
    build: (app) =>
      app
        .get('/', () => {
          throw new Error('mine');
        })
        .onError((error, c) => c.json({ sorry: error.message }, 500))
        .notFound((c) => c.text('nothing here', 404)),
    asked: [['/'], ['/nowhere']],
  },
  'parts of an app, with an onError of their own': {
    build(app, log) {
      const part = new Hono()
        .use(noting(log, 'part'))
        .get('/', (c) => c.text('part'))
        .get('/fails', () => {
          throw new Error('mine');
        });
      part.onError((error, c) => c.text(`part: ${error.message}`, 500));
      app.route('/part', part).mount('/mounted', (request) => new Response(new URL(request.url).pathname));
    },
    asked: [['/part'], ['/part/fails'], ['/mounted/a']],
  },
  'next twice, and not at all': {
    build: (app) =>
      app
        .use('/twice', async (_c, next) => {
          await next();
          await next();
        })
        .use('/never', async (c) => c.text('stop'))
        .get('/twice', (c) => c.text('a'))
        .get('/never', (c) => c.text('b')),
    asked: [['/twice'], ['/never']],
  },
  'variables, storage and validators': {
    build: (app) =>
      app
        .use(contextStorage())
        .use(requestId({ generator: () => 'one' }))
        .get('/', (c) => c.json([getContext().req.path, c.get('requestId' as never)]))
        .post(
          '/',
          validator('json', (value, c) => ('a' in value ? value : c.text('no a', 400))),
          (c) => c.json(c.req.valid('json')),
        ),
    asked: [
      ['/'],
      ['/', post('{"a":1}', { 'content-type': 'application/json' })],
      ['/', post('{}', { 'content-type': 'application/json' })],
    ],
  },
  streams: {
    build: (app) =>
      app
        .get('/text', (c) => streamText(c, async (s) => void (await (await s.write('a')).write('b'))))
        .get('/sse', (c) => streamSSE(c, (s) => s.writeSSE({ data: 'a', event: 'b' })))
        .get('/cut', (c) => stream(c, async (s) => (await s.write('a')).close())),
    asked: [['/text'], ['/sse'], ['/cut']],
  },
  'CORS, security and compression': {
    build: (app) =>
      app
        .use(cors({ origin: 'http://a.example' }), secureHeaders(), poweredBy(), compress({ threshold: 1 }))
        .use(etag(), prettyJSON(), timing({ total: false, enabled: false }), csrf())
        .get('/', (c) => c.json({ a: 'x'.repeat(2_000) })),
    asked: [
      ['/?pretty', { headers: { origin: 'http://a.example', 'accept-encoding': 'gzip' } }],
      ['/', { method: 'OPTIONS', headers: { origin: 'http://a.example' } }],
      ['/', post('a=b', { 'content-type': 'application/x-www-form-urlencoded', origin: 'http://b.example' })],
    ],
  },
  'who may come in': {
    build: (app) =>
      app
        .use('/basic', basicAuth({ username: 'a', password: 'b' }))
        .use('/bearer', bearerAuth({ token: 'secret' }))
        .use('/some', some(bearerAuth({ token: 'secret' }), basicAuth({ username: 'a', password: 'b' })))
        .use('/every', every(bearerAuth({ token: 'secret' }), poweredBy()))
        .use(
          '/ip',
          ipRestriction(() => ({ remote: { address: '10.0.0.1', addressType: 'IPv4' } }), { denyList: ['10.0.0.0/8'] }),
        )
        .get('/*', (c) => c.text('in')),
    asked: ['/basic', '/bearer', '/some', '/every', '/ip'].flatMap((path) => [
      [path] as const,
      [path, { headers: { authorization: 'Bearer secret' } }] as const,
      [path, { headers: { authorization: `Basic ${btoa('a:b')}` } }] as const,
    ]),
  },
  'limits and detours': {
    build(app, log) {
      app.use('/limit', bodyLimit({ maxSize: 3 })).post('/limit', async (c) => c.text(await c.req.text()));
      app.use('/slow', timeout(5)).get('/slow', () => new Promise(() => undefined));
      app.use(logger((line) => log.push(line.replace(/\d+m?s/, ''))));
      app.use(methodOverride({ app, header: 'x-method' })).delete('/', (c) => c.text('deleted'));
      app.use('/slash/*', trimTrailingSlash()).get('/slash', (c) => c.text('a'));
      app.use('/noslash', appendTrailingSlash()).get('/noslash/', (c) => c.text('a'));
    },
    asked: [
      ['/limit', post('abc')],
      ['/limit', post('abcd')],
      ['/slow'],
      ['/', { method: 'POST', headers: { 'x-method': 'DELETE' } }],
      ['/slash/'],
      ['/noslash'],
    ],
  },
};

/** Where a breaker may stand: nowhere, before everything, or on every path twice over. */
const places = ['in front', 'twice'] as const;

it.each(Object.keys(cases).flatMap((name) => places.map((place) => [name, place] as const)))(
  '%s: the same with a breaker %s',
  async (name, place) => {
    const each = cases[name] as Case;
    const plain = await seen(each, []);
    const breaker = () => circuitBreaker({ breaker: createBreaker({ name: 'far', openWhen: failureCount(1e9) }) });
    expect(await seen(each, place === 'in front' ? [breaker()] : [breaker(), breaker()])).toEqual(plain);
    expect(plain.answers).toHaveLength(each.asked.length);
  },
);

/** Everything that clients and middleware see of an app. */
async function seen({ build, asked }: Case, before: readonly MiddlewareHandler[]) {
  const log: Log = [];
  const app = new Hono();
  for (const middleware of before) app.use(middleware);
  build(app, log);
  const answers: unknown[] = [];
  for (const [path, init] of asked) {
    answers.push(
      await Promise.resolve()
        .then(() => app.request(path, init))
        .then(shown, (error: unknown) => ({ thrown: error })),
    );
  }
  return { answers, log };
}

async function shown(response: Response): Promise<unknown> {
  const bytes = [...new Uint8Array(await response.arrayBuffer())];
  return { status: response.status, headers: [...response.headers], bytes };
}
