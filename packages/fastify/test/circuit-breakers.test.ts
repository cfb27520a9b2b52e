import { createRegistry, isCircuitOpen, type Registry } from '@switchgear/core';
import { watchBreaker } from '@switchgear/testkit';
import { slowClient } from '@switchgear/testkit/served';
import Fastify, { type FastifyInstance } from 'fastify';
import { describe, expect, expectTypeOf, it, onTestFinished } from 'vitest';
import { type CircuitBreakersOptions, circuitBreakers } from '../src/index.ts';

async function started(options: CircuitBreakersOptions = {}): Promise<FastifyInstance> {
  const app = Fastify({ forceCloseConnections: true });
  onTestFinished(() => app.close());
  await app.register(circuitBreakers, options);
  return app;
}

describe('the breaker of a route', () => {
  it('is found in the registry by its name', async () => {
    const app = await started();
    app.get('/a', { config: { breaker: 'payments' } }, async () => 'ok');
    app.get('/b', { config: { breaker: 'payments' } }, async () => 'ok');
    app.get('/c', async () => 'ok');
    for (const url of ['/a', '/b', '/c']) expect((await app.inject(url)).statusCode).toBe(200);
    expect([...app.breakers].map(({ name }) => name)).toEqual(['payments']);
    app.breakers.get('payments').trip();
    const statuses = await Promise.all(['/a', '/b', '/c'].map((url) => app.inject(url)));
    expect(statuses.map(({ statusCode }) => statusCode)).toEqual([503, 503, 200]);
  });

  it('may be the breaker itself, or be picked for each request, also by the pattern of its route', async () => {
    const { breaker } = watchBreaker();
    const registry = createRegistry({ options: (name) => ({ name }) });
    const app = await started({ registry, breaker: ({ routeOptions }) => registry.get(String(routeOptions.url)) });
    app.get('/own', { config: { breaker } }, async () => 'ok');
    app.get('/users/:id', async () => 'ok');
    app.get('/none', { config: { breaker: false } }, async () => 'ok');
    breaker.trip();
    const urls = ['/own', '/users/1', '/users/2', '/none', '/missing'];
    const statuses = await Promise.all(urls.map((url) => app.inject(url)));
    expect(statuses.map(({ statusCode }) => statusCode)).toEqual([503, 200, 200, 200, 404]);
    expect([...registry].map(({ name }) => name)).toEqual(['/users/:id']);
    expect(app.breakers).toBe(registry);
  });

  it('stands around the routes of scopes too', async () => {
    const { breaker, outcomes } = watchBreaker();
    const app = await started();
    await app.register(async (scope) => {
      scope.get('/inner', { config: { breaker } }, async () => 'ok');
    });
    await app.inject('/inner');
    expect(outcomes).toEqual(['success']);
  });

  it('fails the request with the error of a function that throws', async () => {
    const breaker = () => {
      throw Object.assign(new Error('no tenant'), { statusCode: 400 });
    };
    const app = await started({ breaker });
    app.get('/', async () => expect.unreachable('the handler was reached'));
    expect((await app.inject('/')).statusCode).toBe(400);
  });

  it('of the wrong kind is an error that names the route, when the route is added', async () => {
    const app = await started();
    const add = () => app.get('/a', { config: { breaker: 5 as never } }, async () => 'ok');
    expect(add).toThrow(
      "config.breaker of /a must be a name, a breaker, a function or false, got 5; for example 'payments'",
    );
  });
});

describe('a refused request', () => {
  it('keeps the headers of earlier hooks, and its own are on the reply', async () => {
    const app = await started();
    app.addHook('onSend', async (_request, reply) => void reply.header('x-after', '1'));
    app.get('/', { config: { breaker: 'a' } }, async () => 'ok');
    app.breakers.get('a').trip(1_500);
    const { headers } = await app.inject('/');
    expect(headers).toMatchObject({ 'retry-after': '2', 'x-circuit-breaker': 'open', 'x-after': '1' });
    expect(headers['content-type']).toMatch(/^application\/problem\+json/);
  });

  it('goes to the error handler with throw, as an error that Fastify answers itself', async () => {
    let caught: unknown;
    const app = await started({ onOpen: 'throw' });
    app.addHook('onError', async (_request, _reply, error) => {
      caught = error;
    });
    app.get('/', { config: { breaker: 'a' } }, async () => 'ok');
    app.breakers.get('a').trip(1_500);
    const { statusCode, headers, body } = await app.inject('/');
    expect([statusCode, headers['retry-after']]).toEqual([503, '2']);
    expect(isCircuitOpen(caught)).toBe(true);
    expect(JSON.parse(body)).toMatchObject({ error: 'Service Unavailable', statusCode: 503 });
  });

  it.each<[rule: string, onOpen: CircuitBreakersOptions['onOpen'], status: number, body: string]>([
    ['a function that returns', () => ({ stale: true }), 200, '{"stale":true}'],
    ['one that returns later', async () => ({ stale: true }), 200, '{"stale":true}'],
    ['one that sends', (_open, _request, reply) => reply.code(203).send('stale'), 203, 'stale'],
    [
      'one that sends and returns nothing',
      (_open, _request, reply) => void reply.code(203).send('stale'),
      203,
      'stale',
    ],
    [
      'one that throws',
      () => {
        throw Object.assign(new Error('no'), { statusCode: 418 });
      },
      418,
      '',
    ],
  ])('is answered by %s', async (_rule, onOpen, status, body) => {
    const app = await started({ onOpen });
    app.get('/', { config: { breaker: 'a' } }, async () => 'ok');
    app.breakers.get('a').trip();
    const response = await app.inject('/');
    expect([response.statusCode, body && response.body]).toEqual([status, body]);
  });
});

describe('a permit', () => {
  it('is not asked for by what earlier hooks, a parser or a schema refuse', async () => {
    const { breaker, permits } = watchBreaker();
    const app = await started();
    app.addHook('preValidation', async ({ headers }, reply) => {
      if (headers['x-user'] === undefined) return reply.code(401).send({});
      return undefined;
    });
    const schema = { body: { type: 'object', required: ['a'], properties: { a: { type: 'number' } } } };
    app.post('/', { config: { breaker }, schema }, async () => 'ok');
    const headers = { 'x-user': 'me', 'content-type': 'application/json' };
    const statuses = [
      await app.inject({ method: 'POST', url: '/', payload: { a: 1 } }),
      await app.inject({ method: 'POST', url: '/', headers, payload: '{' }),
      await app.inject({ method: 'POST', url: '/', headers, payload: {} }),
    ].map(({ statusCode }) => statusCode);
    expect([statuses, permits.issued]).toEqual([[401, 400, 400], 0]);
    expect((await app.inject({ method: 'POST', url: '/', headers, payload: { a: 1 } })).statusCode).toBe(200);
    expect(permits).toMatchObject({ issued: 1, inFlight: 0, recorded: 0 });
  });

  it('is refused before the body has come, by a circuit that refuses now', async () => {
    const app = await started();
    app.post('/', { config: { breaker: 'a' } }, async () => 'ok');
    app.breakers.get('a').trip();
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    const slow = await slowClient({ server: app.server, url, close: async () => undefined }, '/', 'hel', 'lo');
    expect(await slow.finish()).toMatch(/^HTTP\/1.1 503 /);
  });
});

describe('the plugin', () => {
  it('is registered once, also by scopes', async () => {
    const app = await started();
    await expect(app.register(circuitBreakers)).rejects.toThrow('circuitBreakers is registered already');
  });

  it.each<[rule: string, options: unknown, message: string]>([
    ['a misspelt name', { registri: 1 }, "circuitBreakers has no option 'registri'"],
    ['a registry that is none', { registry: {} }, 'registry must be a registry, got an object'],
    [
      'a name for a breaker',
      { breaker: 'a' },
      "breaker must be a breaker or a function that picks one for a request, got 'a'",
    ],
    ['an unknown answer', { onOpen: 'close' }, "onOpen must be 'respond', 'throw' or a function, got 'close'"],
    ['a classifier that is none', { classify: {} }, 'classify must be a function, got an object'],
  ])('with %s rejects and says so', async (_rule, options, message) => {
    const app = Fastify();
    onTestFinished(() => app.close());
    await expect(app.register(circuitBreakers, options as CircuitBreakersOptions)).rejects.toThrow(message);
  });

  it('adds its registry and the option of routes to the types of Fastify', async () => {
    const app = await started();
    expectTypeOf(app.breakers).toEqualTypeOf<Registry>();
  });
});
