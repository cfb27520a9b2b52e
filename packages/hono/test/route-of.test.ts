import { consecutiveFailures, createRegistry } from '@switchgear/core';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { cache } from 'hono/cache';
import { every, some } from 'hono/combine';
import { cors } from 'hono/cors';
import { etag } from 'hono/etag';
import { createFactory, createMiddleware } from 'hono/factory';
import { Hono as Quick } from 'hono/quick';
import { LinearRouter } from 'hono/router/linear-router';
import { PatternRouter } from 'hono/router/pattern-router';
import { RegExpRouter } from 'hono/router/reg-exp-router';
import { SmartRouter } from 'hono/router/smart-router';
import { TrieRouter } from 'hono/router/trie-router';
import { timing } from 'hono/timing';
import { Hono as Tiny } from 'hono/tiny';
import { validator } from 'hono/validator';
import { describe, expect, it } from 'vitest';
import { circuitBreaker, routeOf } from '../src/index.ts';

const answer = (c: Context): Response => c.text(routeOf(c));
const pass: MiddlewareHandler = async (_c, next) => next();

/** An app that writes down the route it is about to take, and the route it took. */
function seeing(app: Hono): Hono {
  app.use(async (c, next) => {
    const before = routeOf(c);
    await next();
    c.res.headers.set('before', before);
    c.res.headers.set('after', routeOf(c));
  });
  return app;
}

const routers = {
  'the default router': () => new Hono(),
  'hono/quick': () => new Quick() as unknown as Hono,
  'hono/tiny': () => new Tiny() as unknown as Hono,
  SmartRouter: () => new Hono({ router: new SmartRouter({ routers: [new RegExpRouter(), new TrieRouter()] }) }),
  RegExpRouter: () => new Hono({ router: new RegExpRouter() }),
  TrieRouter: () => new Hono({ router: new TrieRouter() }),
  LinearRouter: () => new Hono({ router: new LinearRouter() }),
  PatternRouter: () => new Hono({ router: new PatternRouter() }),
};

type Row = [rule: string, build: (app: Hono) => unknown, path: string, route: string, method?: string];

const part = (): Hono => {
  const inner = new Hono().use(pass).get('/users/:id', answer);
  inner.onError((error, c) => c.text(error.message, 500));
  return inner;
};

/** Middleware in every documented way; the route is always `/users/:id`. */
const ways: Readonly<Record<string, (app: Hono) => unknown>> = {
  'app.use()': (a) => a.use(pass, cors()),
  'app.use(path)': (a) => a.use('/users/*', pass),
  "app.get('*', cache())": (a) => a.get('*', cache({ cacheName: 'a', onCacheNotAvailable: false } as never)),
  "app.get('*', etag())": (a) => a.get('*', etag()),
  'app.get with several': (a) => a.get('*', etag(), timing(), pass),
  'app.all': (a) => a.all('*', pass).all('/users/*', pass),
  'app.on with a method': (a) => a.on('GET', '*', pass),
  'app.on with several methods': (a) => a.on(['GET', 'POST'], '*', pass),
  'app.on with several paths': (a) => a.on('GET', ['/users/*', '/orders/*'], pass),
  'app.on with several of both': (a) => a.on(['GET', 'POST'], ['*', '/users/*'], pass, etag()),
  'the route itself': (a) => a.get('/users/:id', pass, etag()),
  createMiddleware: (a) => a.get('*', createMiddleware(pass)),
  'createFactory().createMiddleware': (a) => a.get('*', createFactory().createMiddleware(pass)),
  'every() and some()': (a) => a.get('*', every(pass, etag()), some(pass)),
  'a validator': (a) =>
    a.get(
      '/users/:id',
      validator('query', (value) => value),
    ),
  'app.mount that leaves it to others': (a) => a.mount('/orders', () => new Response()),
  'app.route with middleware in it': (a) => a.route('/users', new Hono().get('*', etag()).use(pass)),
  'app.route with an onError': (a) => a.route('/', part()),
};

describe.each(Object.entries(routers))('with %s', (_name, make) => {
  it.each(Object.keys(ways))('middleware is not taken for the route, registered by %s', async (way) => {
    const app = seeing(make());
    ways[way]?.(app);
    app.get('/users/:id', answer).all('*', answer);
    for (const method of ['GET', 'HEAD']) {
      const { headers } = await app.request('/users/7', { method });
      expect([headers.get('before'), headers.get('after')]).toEqual(['/users/:id', '/users/:id']);
    }
  });

  it.each<Row>([
    ['a mounted app is a route', (a) => a.mount('/old', () => new Response('old')), '/old/7', '/old/*'],
    [
      'so is one with middleware on its path',
      (a) => a.use('/old/*', pass).mount('/old', () => new Response('old')),
      '/old/7',
      '/old/*',
    ],
    [
      'so is one mounted in a part of the app that has an onError',
      (a) => {
        const inner = new Hono().mount('/old', () => new Response('old'));
        inner.onError((error, c) => c.text(error.message, 500));
        a.route('/part', inner);
      },
      '/part/old/7',
      '/part/old/*',
    ],
    ['a sub-app has its path', (a) => a.route('/api', part()), '/api/users/7', '/api/users/:id'],
    [
      'parts within parts have all of theirs',
      (a) => a.route('/a', new Hono().route('/b', part()).get('*', etag())),
      '/a/b/users/7',
      '/a/b/users/:id',
    ],
    [
      'so has one with a basePath',
      (a) => a.basePath('/v1').get('*', etag()).get('/users/:id', answer),
      '/v1/users/7',
      '/v1/users/:id',
    ],
    [
      'a route for several methods',
      (a) => a.on(['PUT', 'PATCH'], ['/users/:id', '/people/:id'], pass, answer),
      '/people/7',
      '/people/:id',
      'PATCH',
    ],
    ['a method of its own', (a) => a.on('PURGE', '/cache/:key', answer), '/cache/7', '/cache/:key', 'PURGE'],
    ['a route for all methods', (a) => a.all('/proxy/*', answer), '/proxy/7', '/proxy/*', 'DELETE'],
    ['a pattern', (a) => a.get('/:year{[0-9]+}/:slug', answer), '/2026/x', '/:year{[0-9]+}/:slug'],
    [
      'a handler that takes next and does not need it',
      (a) => a.get('/users/:id', async (c, _next) => c.text('')),
      '/users/7',
      '/users/:id',
    ],
    ['the page for everything else where nothing answers', (a) => a.get('*', etag()), '/users/7', '/*'],
  ])('%s', async (_rule, build, path, route, method = 'GET') => {
    const app = seeing(make());
    build(app);
    app.all('*', answer);
    const { headers } = await app.request(path, { method });
    expect([headers.get('before'), headers.get('after')]).toEqual([route, route]);
  });
});

it('middleware on one path of a wider route is not taken for the route', async () => {
  const app = seeing(new Hono()).use('/users/me', pass).get('/users/:id', answer).all('*', answer);
  expect((await app.request('/users/me')).headers.get('before')).toBe('/users/:id');
});

it('one failing route does not affect the others, however middleware is registered', async () => {
  for (const way of Object.values(ways)) {
    const registry = createRegistry({ options: (name) => ({ name, openWhen: consecutiveFailures(5) }) });
    const app = new Hono();
    app.use(circuitBreaker({ breaker: (c) => registry.get(routeOf(c)) }));
    way(app);
    app.get('/ill/:id', (c) => c.text('', 500));
    app.get('/users/:id', (c) => c.text('ok'));
    app.mount('/old', () => new Response('', { status: 500 }));
    app.all('*', (c) => c.text('nothing here', 404));
    for (let id = 0; id < 25; id += 1) await Promise.all([app.request(`/ill/${id}`), app.request(`/old/${id}`)]);
    const statuses = ['/ill/x', '/old/x', '/users/x', '/nowhere'].map(async (path) => (await app.request(path)).status);
    expect(await Promise.all(statuses)).toEqual([503, 503, 200, 404]);
  }
});

it('a request without a route, with notFound or without, has the pattern of a middleware', async () => {
  const app = seeing(new Hono()).notFound((c) => c.text(routeOf(c), 404));
  const response = await app.request('/nowhere');
  expect([response.headers.get('before'), await response.text()]).toEqual(['/*', '/*']);
  expect(await (await new Hono().notFound((c) => c.text(routeOf(c))).request('/')).text()).toBe('/*');
});
