import { CircuitOpenError, consecutiveFailures, createRegistry } from '@switchgear/core';
import { watchBreaker } from '@switchgear/testkit';
import { type Context, Hono } from 'hono';
import { setCookie } from 'hono/cookie';
import { cors } from 'hono/cors';
import { HTTPException } from 'hono/http-exception';
import { requestId } from 'hono/request-id';
import { secureHeaders } from 'hono/secure-headers';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { breakerProxy, circuitBreaker, coloOf, type OnHonoOpen, routeOf } from '../src/index.ts';

/** An app whose circuit is open for so long. */
function open(onOpen?: OnHonoOpen, forMs = 1_500) {
  const { breaker } = watchBreaker();
  if (forMs === Number.POSITIVE_INFINITY) breaker.setMode('isolated');
  else breaker.trip(forMs);
  const app = new Hono();
  app.use(cors());
  app.get('/orders/:id', circuitBreaker({ breaker, onOpen }), () => expect.unreachable('the handler was reached'));
  return app;
}

describe('while the circuit is open', () => {
  it('a client gets a problem body, and when to come back', async () => {
    const response = await open().request('/orders/1?secret=x');
    expect(response.status).toBe(503);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(response.headers.get('retry-after')).toBe('2');
    const { detail, ...problem } = (await response.json()) as Record<string, unknown>;
    expect(problem).toEqual({
      type: 'about:blank',
      title: 'Service Unavailable',
      status: 503,
      instance: '/orders/1',
      retryAfter: 2,
    });
    expect(detail).not.toContain('watched');
  });

  it('earlier middleware may add to the answer', async () => {
    const response = await open().request('/orders/1');
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
  });

  it.each(['a route', 'a proxy'])('headers that earlier middleware has set are on it: %s', async (what) => {
    const { breaker } = watchBreaker();
    breaker.trip();
    const app = new Hono();
    app.use(
      requestId({ generator: () => 'one' }),
      cors({ origin: 'http://a.example', credentials: true }),
      secureHeaders(),
    );
    app.use(async (c, next) => {
      c.header('x-own', '1');
      c.header('vary', 'accept', { append: true });
      setCookie(c, 'a', '1');
      setCookie(c, 'b', '2');
      c.status(201);
      await next();
    });
    if (what === 'a route') app.get('/', circuitBreaker({ breaker }), () => expect.unreachable());
    else app.get('/', breakerProxy({ to: 'http://a.example', breaker }));
    const { status, headers } = await app.request('/', { headers: { origin: 'http://a.example' } });
    expect([status, headers.get('retry-after'), headers.get('content-type')]).toEqual([
      503,
      '1',
      'application/problem+json',
    ]);
    expect([headers.get('x-own'), headers.get('x-request-id'), headers.getSetCookie().length]).toEqual(['1', 'one', 2]);
    expect(headers.get('access-control-allow-origin')).toBe('http://a.example');
    expect(headers.get('vary')?.toLowerCase()).toContain('accept');
    expect(headers.has('x-frame-options')).toBe(true);
  });

  it('a HEAD gets no body', async () => {
    const response = await open().request('/orders/1', { method: 'HEAD' });
    expect([response.status, response.headers.get('retry-after'), await response.text()]).toEqual([503, '2', '']);
  });

  it('there is no Retry-After while the breaker is isolated', async () => {
    const response = await open('respond', Number.POSITIVE_INFINITY).request('/orders/1');
    expect(response.status).toBe(503);
    expect(response.headers.has('retry-after')).toBe(false);
  });

  it('the app’s onError sees the refusal with onOpen: throw', async () => {
    const app = open('throw');
    app.onError((error, c) => c.text(error instanceof CircuitOpenError ? error.breaker : '', 418));
    expect(await (await app.request('/orders/1')).text()).toBe('watched');
  });

  it('a function answers, later or with an exception', async () => {
    const app = open(async ({ retryAfter }, c) => c.text(`${c.req.param('id')} in ${retryAfter}`));
    expect(await (await app.request('/orders/1')).text()).toBe('1 in 1500');
    const throwing = open(() => {
      throw new HTTPException(503, { res: new Response('later', { status: 503, headers: { 'retry-after': '9' } }) });
    });
    expect((await throwing.request('/orders/1')).headers.get('retry-after')).toBe('9');
  });
});

describe('the breaker of a request', () => {
  it('may be another for each tenant, or none', async () => {
    const { breaker, permits } = watchBreaker();
    const app = new Hono();
    app.use(circuitBreaker({ breaker: (c) => (c.req.header('tenant') === 'a' ? breaker : undefined) }));
    app.get('/', (c) => c.text('ok'));
    breaker.setMode('isolated');
    expect((await app.request('/', { headers: { tenant: 'a' } })).status).toBe(503);
    expect((await app.request('/', { headers: { tenant: 'b' } })).status).toBe(200);
    expect(permits.issued).toBe(0);
  });

  it('may be another for each data centre: one that fails does not affect the others', async () => {
    const registry = createRegistry({ options: (colo) => ({ name: colo, openWhen: consecutiveFailures(5) }) });
    const app = new Hono();
    app.use(circuitBreaker({ breaker: (c) => registry.get(coloOf(c)) }));
    app.get('/', (c) => c.text('', coloOf(c) === 'FRA' ? 503 : 200));
    const ask = (cf?: object) => app.request(Object.assign(new Request('http://a.example/'), { cf }));
    for (let calls = 0; calls < 20; calls += 1) await ask({ colo: 'FRA' });
    expect((await ask({ colo: 'FRA' })).headers.get('x-circuit-breaker')).toBe('open');
    expect((await ask({ colo: 'NRT' })).status).toBe(200);
    expect((await ask()).status).toBe(200);
    expect([...registry].map(({ name, state }) => `${name} ${state}`).sort()).toEqual([
      'FRA open',
      'NRT closed',
      'none closed',
    ]);
  });

  it('that cannot be picked is an error of the app', async () => {
    const app = new Hono();
    app.use(
      circuitBreaker({
        breaker: () => {
          throw new Error('no such tenant');
        },
      }),
    );
    app.onError((error, c) => c.text(error.message, 500));
    expect(await (await app.request('/')).text()).toBe('no such tenant');
  });

  it('may be another for each route: one that fails does not affect the others', async () => {
    const registry = createRegistry({ options: (route) => ({ name: route, openWhen: consecutiveFailures(5) }) });
    const app = new Hono();
    app.use(circuitBreaker({ breaker: (c) => registry.get(routeOf(c)) }));
    app.get('/well/:id', (c) => c.text('ok'));
    app.get('/ill/:id', (c) => c.text('', 500));
    for (let id = 0; id < 25; id += 1) await app.request(`/ill/${id}`);
    expect((await app.request('/ill/x')).status).toBe(503);
    expect((await app.request('/well/x')).status).toBe(200);
    for (let id = 0; id < 25; id += 1) await app.request(`/nowhere/${id}`);
    expect([...registry].map(({ name }) => name).sort()).toEqual(['/*', '/ill/:id', '/well/:id']);
  });
});

describe('routeOf', () => {
  const answer = (c: Context): Response => c.text(routeOf(c));

  function app(): Hono {
    const seen = new Hono();
    seen.use(async (c, next) => {
      c.header('before', routeOf(c));
      await next();
    });
    return seen;
  }

  it.each<[rule: string, build: (app: Hono) => unknown, path: string, route: string]>([
    ['is the pattern of the route', (a) => a.get('/users/:id', answer), '/users/7', '/users/:id'],
    ['is that of a route for all methods', (a) => a.all('/proxy/*', answer), '/proxy/7', '/proxy/*'],
    [
      'is that of the first of several for all methods',
      (a) => a.all('/proxy/*', answer).all('*', answer),
      '/proxy/7',
      '/proxy/*',
    ],
    [
      'is that of the route which answers',
      (a) => a.get('/users/me', answer).get('/users/:id', answer),
      '/users/me',
      '/users/me',
    ],
    [
      'is not that of a page for everything else',
      (a) => a.get('/users/:id', answer).all('*', answer),
      '/users/7',
      '/users/:id',
    ],
    ['is that page’s where nothing else answers', (a) => a.get('/users/:id', answer).all('*', answer), '/x', '/*'],
    [
      'has the path of its part of the app',
      (a) => a.route('/api', new Hono().get('/users/:id', answer)),
      '/api/users/7',
      '/api/users/:id',
    ],
    [
      'is that of a route with middleware of its own',
      (a) => a.get('/users/:id', async (_c, next) => next(), answer),
      '/users/7',
      '/users/:id',
    ],
    [
      'is a middleware’s where nothing answers',
      (a) => a.use('/users/*', async (_c, next) => next()),
      '/users/7',
      '/users/*',
    ],
  ])('%s', async (_rule, build, path, route) => {
    const built = app();
    build(built);
    const response = await built.request(path);
    expect(response.headers.get('before')).toBe(route);
    if (response.status === 200) expect(await response.text()).toBe(route);
  });
});

describe('an invalid option is refused when the middleware is made', () => {
  const { breaker } = watchBreaker();

  it.each<[options: unknown, message: string]>([
    [null, 'circuitBreaker must be an object, got null; for example circuitBreaker({ breaker: … })'],
    [{}, 'breaker must be a breaker or a function that picks one for a request, got undefined'],
    [{ breaker: 'a' }, "breaker must be a breaker or a function that picks one for a request, got 'a'"],
    [{ breaker, classify: 1 }, 'classify must be a function, got 1'],
    [{ breaker, onOpen: 'answer' }, "onOpen must be 'respond', 'throw' or a function, got 'answer'"],
    [{ breaker, bufferBody: -1 }, 'bufferBody must be a whole number of bytes, 0 or more, got -1'],
    [{ breaker, countHandledErrors: 'yes' }, "countHandledErrors must be true or false, got 'yes'"],
    [
      { breaker, to: 'x' },
      "circuitBreaker has no option 'to'; it takes breaker, classify, onOpen, countHandledErrors, bufferBody",
    ],
  ])('%#', (options, message) => {
    const Refusal = /got -?\d+$/.test(message) ? RangeError : TypeError;
    expect(() => circuitBreaker(options as never)).toThrow(new Refusal(`Switchgear: ${message}`));
  });

  it('an undefined option is the same as an absent one', () => {
    const none = { classify: undefined, onOpen: undefined, countHandledErrors: undefined };
    const middleware = circuitBreaker({ breaker, ...none });
    expect(middleware.name).toBe('circuitBreaker');
    // What routes give stays known to Hono's client behind it.
    const app = new Hono().get('/', middleware, (c) => c.json({ wind: 5 }));
    expectTypeOf(app).not.toBeAny();
  });
});
