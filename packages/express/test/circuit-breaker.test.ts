import { AsyncLocalStorage } from 'node:async_hooks';
import { createServer } from 'node:http';
import { createRegistry, isCircuitOpen } from '@switchgear/core';
import { watchBreaker } from '@switchgear/testkit';
import { listen, stop } from '@switchgear/testkit/listen';
import { slowClient } from '@switchgear/testkit/served';
import express, { type ErrorRequestHandler, type Express, type RequestHandler, Router } from 'express';
import { describe, expect, expectTypeOf, it, onTestFinished } from 'vitest';
import { type CircuitBreakerOptions, circuitBreaker, circuitErrors, routeOf } from '../src/index.ts';

async function served(app: Express) {
  const server = createServer(app.set('env', 'test'));
  const url = await listen(server);
  onTestFinished(() => stop(server));
  return { server, url, get: (path: string) => fetch(url + path), post: (body: string) => post(url, body) };
}

function post(url: string, body: string): Promise<Response> {
  return fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
}

const answer: RequestHandler = (_req, res) => void res.send('ok');
const unreachable: RequestHandler = () => expect.unreachable('the handler was reached');

/** An app with one route whose circuit is open. */
function open(onOpen?: CircuitBreakerOptions['onOpen']): Express {
  const { breaker } = watchBreaker();
  breaker.trip(1_500);
  return express().get('/orders', circuitBreaker({ breaker, onOpen }), unreachable);
}

describe('a refused request', () => {
  it('keeps the headers that earlier middleware has set', async () => {
    const app = express();
    app.use((_req, res, next) => {
      res.set('access-control-allow-origin', '*');
      next();
    });
    const { get } = await served(app.use(open()));
    const response = await get('/orders');
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([503, '*']);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
  });

  it('goes to the error handling of the app with throw, as an error that Express answers itself', async () => {
    let caught: unknown;
    const app = open('throw');
    app.use(((error, _req, _res, next) => {
      caught = error;
      next(error);
    }) as ErrorRequestHandler);
    const { get } = await served(app);
    const response = await get('/orders');
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '2']);
    expect(caught).toMatchObject({ status: 503, statusCode: 503, expose: true });
    expect(isCircuitOpen(caught)).toBe(true);
    expect((caught as Error).message).not.toContain('watched');
  });

  it('is answered by a function, which may also go on or fail', async () => {
    const answers = await served(open((refusal, _req, res) => res.json({ wait: refusal.retryAfter })));
    expect(await (await answers.get('/orders')).json()).toEqual({ wait: 1_500 });
    const fails = await served(
      open(async () => {
        throw Object.assign(new Error('no'), { status: 418 });
      }),
    );
    expect((await fails.get('/orders')).status).toBe(418);
  });
});

describe('which breaker', () => {
  it('is picked for each request; undefined lets one through unprotected', async () => {
    const { breaker } = watchBreaker();
    breaker.trip();
    const app = express();
    app.use(circuitBreaker({ breaker: (req) => (req.query['vip'] ? undefined : breaker) }), answer);
    const { get } = await served(app);
    expect([(await get('/?vip=1')).status, (await get('/')).status]).toEqual([200, 503]);
  });

  it('fails the request with the error of a function that throws, or that returns no breaker', async () => {
    const app = express();
    const throws = () => {
      throw Object.assign(new Error('no tenant'), { status: 400 });
    };
    app.get('/throws', circuitBreaker({ breaker: throws }), unreachable);
    app.get('/promise', circuitBreaker({ breaker: (async () => undefined) as never }), unreachable);
    const { get } = await served(app);
    expect([(await get('/throws')).status, (await get('/promise')).status]).toEqual([400, 500]);
  });

  it('is one for each route with routeOf, whatever paths are requested', async () => {
    const registry = createRegistry({ options: (name) => ({ name }) });
    const guarded = circuitBreaker({ breaker: (req) => registry.get(routeOf(req)) });
    const users = Router().get('/:id', guarded, answer);
    const app = express().use('/users', users).get('/health', guarded, answer);
    const { get } = await served(app);
    for (const path of ['/users/1', '/users/2', '/health', '/users/3']) expect((await get(path)).status).toBe(200);
    expect([...registry].map(({ name }) => name).sort()).toEqual(['/health', '/users/:id']);
  });

  it('has no route to go by in app.use, which routeOf says', async () => {
    let caught: unknown;
    const app = express().use(circuitBreaker({ breaker: (req) => watchBreaker({ name: routeOf(req) }).breaker }));
    app.use(((error, _req, _res, next) => {
      caught = error;
      next(error);
    }) as ErrorRequestHandler);
    const { get } = await served(app);
    expect((await get('/users/1')).status).toBe(500);
    expect(String(caught)).toContain('routeOf needs a breaker that stands on a route');
  });
});

describe('around a route', () => {
  it('two breakers settle one permit each, and the outer one ignores what the inner one refuses', async () => {
    const [outer, inner] = [watchBreaker(), watchBreaker()];
    const app = express();
    app.use(circuitBreaker({ breaker: outer.breaker }));
    app.get('/', circuitBreaker({ breaker: inner.breaker }), answer);
    const { get } = await served(app);
    await get('/');
    inner.breaker.trip();
    expect((await get('/')).status).toBe(503);
    expect(outer.outcomes).toEqual(['success', 'ignored EOPENBREAKER']);
    expect(inner.outcomes).toEqual(['success']);
    expect([outer.permits.inFlight, inner.permits.inFlight]).toEqual([0, 0]);
  });

  it('middleware that patches the response, before or after, sees what it would see without a breaker', async () => {
    const { breaker, outcomes } = watchBreaker();
    const patching = (name: string): RequestHandler => {
      return (_req, res, next) => {
        const { writeHead } = res;
        res.writeHead = ((...args: Parameters<typeof writeHead>) => {
          res.setHeader(name, String(res.statusCode));
          return writeHead.apply(res, args);
        }) as typeof writeHead;
        next();
      };
    };
    const app = express().use(patching('x-before'), circuitBreaker({ breaker }), patching('x-after'));
    app.get('/', (_req, res) => void res.sendStatus(503));
    const { get } = await served(app);
    const { headers } = await get('/');
    expect([headers.get('x-before'), headers.get('x-after'), outcomes]).toEqual(['503', '503', ['failure 503']]);
  });

  it('a request whose answer has begun goes through uncounted', async () => {
    const { breaker, permits } = watchBreaker();
    breaker.trip();
    let reached = 0;
    const app = express();
    app.use((_req, res, next) => {
      res.send('early');
      next();
    });
    app.use(circuitBreaker({ breaker }), () => {
      reached += 1;
    });
    const { get } = await served(app);
    expect([await (await get('/')).text(), reached, permits.issued]).toEqual(['early', 1, 0]);
  });

  it('handlers see the async context of the request, with a body and without', async () => {
    const storage = new AsyncLocalStorage<string>();
    const app = express();
    app.use((req, _res, next) => storage.run(req.method, next));
    app.use(circuitBreaker({ breaker: watchBreaker().breaker }), (_req, res) => void res.send(storage.getStore()));
    const { get, post } = await served(app);
    expect([await (await get('/')).text(), await (await post('{}')).text()]).toEqual(['GET', 'POST']);
  });
});

describe('a body', () => {
  it('that arrives together with its headers asks for a permit like any other request', async () => {
    for (const before of [true, false]) {
      const { breaker, permits, halfOpen } = watchBreaker();
      const app = express();
      const parts = [circuitBreaker({ breaker }), express.json()];
      app.use(...(before ? parts : parts.reverse()), (req, res) => void res.json(req.body));
      const { post } = await served(app);
      halfOpen();
      expect(await (await post('{"a":1}')).json()).toEqual({ a: 1 });
      expect([breaker.state, permits.issued, permits.recorded]).toEqual(['closed', 1, 0]);
    }
  });

  it('that has not come is not waited for by a circuit that refuses now', async () => {
    const { breaker } = watchBreaker();
    breaker.trip();
    const app = express().use(circuitBreaker({ breaker }), express.text(), unreachable);
    const served_ = await served(app);
    const slow = await slowClient(served_ as never, '/', 'hel', 'lo');
    expect(await slow.finish()).toMatch(/^HTTP\/1.1 503 /);
  });

  it('that a client breaks off is ignored', async () => {
    const { breaker, outcomes, permits } = watchBreaker();
    const settled = new Promise((resolve) => breaker.subscribe(resolve, { outcomes: true }));
    const app = express().use(circuitBreaker({ breaker }), express.text(), answer);
    const slow = await slowClient((await served(app)) as never, '/', 'hel', 'lo');
    slow.leave();
    await settled;
    expect([outcomes[0]?.split(' ')[0], permits.inFlight]).toEqual(['ignored', 0]);
  });
});

describe('the types', () => {
  it('are those of Express', () => {
    const { breaker } = watchBreaker();
    expectTypeOf(circuitBreaker({ breaker })).toEqualTypeOf<RequestHandler>();
    expectTypeOf(circuitErrors()).toEqualTypeOf<ErrorRequestHandler>();
    circuitBreaker({ breaker: (req) => (req.params['tenant'] ? breaker : undefined) });
  });
});
