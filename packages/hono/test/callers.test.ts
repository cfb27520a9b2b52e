import { AsyncLocalStorage } from 'node:async_hooks';
import { type Breaker, createBreaker } from '@switchgear/core';
import { OPEN_FOR, watchBreaker } from '@switchgear/testkit';
import { Hono } from 'hono';
import { contextStorage, getContext } from 'hono/context-storage';
import { describe, expect, it } from 'vitest';
import { type Binding, bindingFetch, breakerProxy, circuitBreaker } from '../src/index.ts';

/** Makes one call with the caller's signal, and counts those that are made. */
type Ask = (breaker: Breaker, signal: AbortSignal, made: () => void) => unknown;

const ADDRESS = 'http://a.example/';
const app = (): Hono => new Hono().onError((error) => Promise.reject(error));
const answered = (made: () => void): Response => {
  made();
  return new Response('ok');
};
const binding = (made: () => void): Binding => ({ fetch: async () => answered(made) });
const forwarding = (breaker: Breaker, made: () => void): Hono =>
  app().all('*', breakerProxy({ to: ADDRESS, breaker, forward: () => answered(made) }));
const around = (breaker: Breaker, made: () => void): Hono =>
  app()
    .use(circuitBreaker({ breaker }))
    .all('*', () => answered(made));

const calls: Readonly<Record<string, Ask>> = {
  'around a route': (breaker, signal, made) => around(breaker, made).request('/', { signal }),
  'around a route, with a body': (breaker, signal, made) =>
    around(breaker, made).request('/', { method: 'POST', body: 'x', signal }),
  'in a proxy': (breaker, signal, made) => forwarding(breaker, made).request('/', { signal }),
  'in a proxy, with a body': (breaker, signal, made) =>
    forwarding(breaker, made).request('/', { method: 'PUT', body: 'x', signal }),
  'through a binding, beside the address': (breaker, signal, made) =>
    bindingFetch(binding(made), { breaker })(ADDRESS, { signal }),
  'through a binding, in a request': (breaker, signal, made) =>
    bindingFetch(binding(made), { breaker })(new Request(ADDRESS, { signal })),
  'through a binding, in a request with a body': (breaker, signal, made) =>
    bindingFetch(binding(made), { breaker })(new Request(ADDRESS, { signal, method: 'POST', body: 'x' })),
  'through a binding, over that of a request': (breaker, signal, made) =>
    bindingFetch(binding(made), { breaker })(new Request(ADDRESS), { signal }),
};

const reasons: Readonly<Record<string, unknown>> = {
  'an error': new Error('left'),
  'the default': AbortSignal.abort().reason,
  'a time limit': new DOMException('late', 'TimeoutError'),
  'a word': 'left',
  null: null,
};

const states: Readonly<Record<string, (watched: ReturnType<typeof watchBreaker>) => void>> = {
  closed: () => undefined,
  open: ({ breaker }) => breaker.trip(),
  'half-open': ({ breaker, clock }) => {
    breaker.trip();
    clock.advance(OPEN_FOR);
  },
  isolated: ({ breaker }) => breaker.setMode('isolated'),
};

describe('a caller who has left before the call', () => {
  it.each(Object.keys(calls).flatMap((call) => Object.keys(states).map((state) => [call, state] as const)))(
    '%s: no permit, no evidence, no call, and the signal’s own reason, while %s',
    async (call, state) => {
      for (const reason of Object.values(reasons)) {
        const watched = watchBreaker();
        const { breaker, permits, outcomes } = watched;
        states[state]?.(watched);
        const before = breaker.metrics();
        let made = 0;
        const asked = Promise.resolve().then(() =>
          calls[call]?.(breaker, AbortSignal.abort(reason), () => (made += 1)),
        );
        expect(
          await asked.then(
            () => 'answered',
            (error) => [error],
          ),
        ).toEqual([reason]);
        expect({ ...permits, made, outcomes }).toMatchObject({ issued: 0, recorded: 0, made: 0, outcomes: [] });
        expect(breaker.metrics()).toEqual(before);
      }
    },
  );

  it('has not left if null replaced the signal of the request', async () => {
    const { breaker, outcomes } = watchBreaker();
    const fetch = bindingFetch(
      binding(() => undefined),
      { breaker },
    );
    await fetch(new Request(ADDRESS, { signal: AbortSignal.abort() }), { signal: null });
    expect(outcomes).toEqual(['success']);
  });

  it('may leave while the body comes in: no call is made either', async () => {
    const controller = new AbortController();
    const { breaker, permits } = watchBreaker();
    const body = new ReadableStream({
      pull() {
        controller.abort(new Error('left'));
        throw new Error('cut');
      },
    });
    const init = { method: 'POST', body, duplex: 'half', signal: controller.signal } as RequestInit;
    await expect(around(breaker, () => expect.unreachable()).request('/', init)).rejects.toThrow('left');
    expect(permits.issued).toBe(0);
  });
});

describe('a handler sees the AsyncLocalStorage of its caller', () => {
  const own = new AsyncLocalStorage<string>();
  const seen = () => `${own.getStore()} ${getContext().req.header('who')}`;
  const breaker = createBreaker({ name: 'far' });
  const storing = () => new Hono().use(contextStorage());

  it.each<[what: string, app: () => Hono]>([
    [
      'around a route',
      () =>
        storing()
          .use(circuitBreaker({ breaker }))
          .all('*', (c) => c.text(seen())),
    ],
    [
      'around a route, twice, reading the body',
      () =>
        storing()
          .use(circuitBreaker({ breaker }), circuitBreaker({ breaker: createBreaker({ name: 'inner' }) }))
          .all('*', async (c) => c.text(`${(await c.req.text()) && seen()}`)),
    ],
    [
      'around a route, without keeping the body',
      () =>
        storing()
          .use(circuitBreaker({ breaker, bufferBody: 0 }))
          .all('*', async (c) => c.text(`${(await c.req.text()) && seen()}`)),
    ],
    [
      'in a proxy',
      () => storing().all('*', breakerProxy({ to: ADDRESS, breaker, forward: async () => new Response(seen()) })),
    ],
    [
      'through a binding',
      () =>
        storing().all('*', (c) => bindingFetch({ fetch: async () => new Response(seen()) }, { breaker })(c.req.raw)),
    ],
    [
      'in what answers for an open circuit',
      () => {
        const open = createBreaker({ name: 'open' });
        open.trip();
        return storing().all('*', circuitBreaker({ breaker: open, onOpen: async (_open, c) => c.text(seen()) }));
      },
    ],
  ])('%s', async (_what, build) => {
    const built = build();
    const ask = (who: string, slow: boolean) =>
      own.run(who, () => {
        const body = new ReadableStream({
          async pull(controller) {
            if (slow) await new Promise(setImmediate);
            controller.enqueue(new TextEncoder().encode('x'));
            controller.close();
          },
        });
        return built.request('/', { method: 'POST', body, duplex: 'half', headers: { who } } as RequestInit);
      });
    const people = ['ann', 'bob', 'cid', 'dot'];
    const answers = await Promise.all(people.map(async (who, at) => (await ask(who, at % 2 === 0)).text()));
    expect(answers).toEqual(people.map((who) => `${who} ${who}`));
  });
});
