import { createBreaker } from '@switchgear/core';
import { Hono } from 'hono';
import { describe, expect, it, vi } from 'vitest';
import { type Audit, type DashboardOptions, dashboard } from '../src/index.ts';

const HOST = 'http://shop.example';
const HEADERS = { 'content-type': 'application/json', origin: HOST };
const TRIP = { breaker: 'a', order: 'trip' };

/** A body without an end that counts what is taken of it. */
function endless(): { readonly body: ReadableStream<Uint8Array>; taken(): number } {
  let taken = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      taken += 1_000;
      controller.enqueue(new Uint8Array(1_000));
    },
  });
  return { body, taken: () => taken };
}

/** A body that never comes. */
const silent = (): ReadableStream<Uint8Array> => new ReadableStream({});

function mounted(options: DashboardOptions): Hono {
  return new Hono().route('/', dashboard([createBreaker({ name: 'a' })], options));
}

function post(app: Hono, body: ReadableStream<Uint8Array> | string, headers: Record<string, string> = {}) {
  const init: RequestInit = { method: 'POST', headers: { ...HEADERS, ...headers }, body };
  return app.request(new Request(`${HOST}/api/orders`, { ...init, duplex: 'half' } as RequestInit));
}

describe('the body of an order', () => {
  it('is read after authorize was asked, and not before', async () => {
    const { body, taken } = endless();
    let takenWhenAsked = Number.NaN;
    const app = mounted({
      async authorize() {
        await new Promise((resolve) => setTimeout(resolve, 20));
        takenWhenAsked = taken();
        return true;
      },
    });
    await post(app, body);
    // What a stream takes to be ready is its own affair.
    expect(takenWhenAsked).toBeLessThanOrEqual(1_000);
  });

  it.each([
    ['an operator', 'ann', 400],
    ['a stranger', false, 403],
  ])('is read no further than an order is long: of %s', async (_who, word, status) => {
    const { body, taken } = endless();
    expect((await post(mounted({ authorize: () => word }), body)).status).toBe(status);
    expect(taken()).toBeLessThan(20_000);
  });

  it('is not touched where it says itself that it is longer', async () => {
    const { body, taken } = endless();
    expect((await post(mounted({ authorize: () => true }), body, { 'content-length': '400000000' })).status).toBe(400);
    expect(taken()).toBeLessThanOrEqual(1_000);
  });

  it.each([
    ['the dashboard takes no orders', {}, {}, 403],
    ['it is not JSON', { authorize: () => true }, { 'content-type': 'text/plain' }, 415],
    ['it comes from elsewhere', { authorize: () => true }, { origin: 'http://evil.example' }, 403],
  ])('is not touched where %s', async (_what, options, headers, status) => {
    const { body, taken } = endless();
    expect((await post(mounted(options), body, headers)).status).toBe(status);
    expect(taken()).toBeLessThanOrEqual(1_000);
  });

  it.each([
    ['an operator', true, 400, 10_000],
    ['a stranger', false, 403, 500],
  ])('is waited for a while only: of %s', async (_who, word, status, patience) => {
    vi.useFakeTimers();
    try {
      const answer = post(mounted({ authorize: () => word }), silent());
      await vi.advanceTimersByTimeAsync(patience);
      expect((await answer).status).toBe(status);
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  it('may have been read by something in front of the dashboard', async () => {
    const breaker = createBreaker({ name: 'a' });
    const app = new Hono();
    app.use(async (c, next) => {
      await c.req.json();
      await next();
    });
    app.route('/', dashboard([breaker], { authorize: () => true }));
    expect((await post(app, JSON.stringify(TRIP))).status).toBe(200);
    expect(breaker.state).toBe('open');
  });

  it('that breaks off in the middle is no order', async () => {
    const broken = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.error(new Error('gone'));
      },
    });
    expect((await post(mounted({ authorize: () => true }), broken)).status).toBe(400);
  });
});

describe('authorize', () => {
  it('may answer with a function, which is asked about the order', async () => {
    const asked: unknown[] = [];
    const options: DashboardOptions = {
      authorize: (c) => async (order) => {
        asked.push(order);
        return order.order === 'reset' && c.req.header('x-user');
      },
    };
    const app = mounted(options);
    expect((await post(app, JSON.stringify(TRIP), { 'x-user': 'ann' })).status).toBe(403);
    expect((await post(app, JSON.stringify({ ...TRIP, order: 'reset' }), { 'x-user': 'ann' })).status).toBe(200);
    expect(asked).toEqual([TRIP, { ...TRIP, order: 'reset' }]);
  });

  it.each<[how: string, options: DashboardOptions]>([
    [
      'throws',
      {
        authorize: () => {
          throw new Error('no');
        },
      },
    ],
    ['rejects', { authorize: () => Promise.reject(new Error('no')) }],
    [
      'throws about the order',
      {
        authorize: () => () => {
          throw new Error('no');
        },
      },
    ],
    ['rejects about the order', { authorize: () => () => Promise.reject(new Error('no')) }],
  ])('that %s lets nothing happen, is reported by its name, and the answer says so', async (_how, options) => {
    const told: string[] = [];
    const breaker = createBreaker({ name: 'a' });
    const onError = (error: unknown, where: string): void => void told.push(`${where}: ${(error as Error).message}`);
    const app = new Hono().route('/', dashboard([breaker], { ...options, onError }));
    const answer = await post(app, JSON.stringify(TRIP));
    expect([answer.status, (await answer.json()).error]).toEqual([500, expect.stringContaining('authorize')]);
    expect([breaker.state, told]).toEqual(['closed', ['authorize: no']]);
  });
});

describe('onAudit', () => {
  it('that fails lets nothing happen, is reported by its name, and the answer says so', async () => {
    const told: string[] = [];
    const breaker = createBreaker({ name: 'a' });
    const options: DashboardOptions = {
      authorize: () => true,
      onAudit: () => Promise.reject(new Error('disk full')),
      onError: (_error, where) => told.push(where),
    };
    const app = new Hono().route('/', dashboard([breaker], options));
    const answer = await post(app, JSON.stringify(TRIP));
    expect([answer.status, (await answer.json()).error]).toEqual([500, expect.stringContaining('onAudit')]);
    expect([breaker.state, told]).toEqual(['closed', ['onAudit']]);
  });

  it('that fails about a refused order changes nothing: it is refused', async () => {
    const told: string[] = [];
    const onAudit = (): never => {
      throw new Error('disk full');
    };
    const app = mounted({ authorize: () => false, onAudit, onError: (_error, where) => told.push(where) });
    expect((await post(app, JSON.stringify(TRIP))).status).toBe(403);
    expect(told).toEqual(['onAudit']);
  });

  it('is told of a stranger whose order did not come', async () => {
    const audits: Audit[] = [];
    const app = mounted({ authorize: () => false, onAudit: (audit) => audits.push(audit), wall: () => 1_000 });
    await post(app, endless().body);
    expect(audits).toEqual([{ at: 1_000, order: undefined, operator: undefined, allowed: false }]);
  });
});

describe('orders of those who may not give any', () => {
  it('cannot push out what happened, however many they are, and the latest of them are to be seen', async () => {
    const breaker = createBreaker({ name: 'a' });
    const app = new Hono().route('/', dashboard([breaker], { authorize: (c) => c.req.header('x-user') }));
    await post(app, JSON.stringify(TRIP), { 'x-user': 'ann' });
    for (let i = 0; i < 400; i++) await post(app, JSON.stringify({ ...TRIP, order: 'reset' }));
    for (const path of ['/api/breakers', '/api/breaker?id=a']) {
      const { entries } = (await (await app.request(path)).json()) as { entries: { type: string; says: string }[] };
      const of = (type: string): string[] => entries.filter((entry) => entry.type === type).map(({ says }) => says);
      expect(of('order'), path).toEqual(['Order by ann: trip.']);
      expect(of('move'), path).toEqual([expect.stringContaining('opened')]);
      expect(of('refused'), path).toEqual(Array.from({ length: 20 }, () => 'Unauthorized order refused: reset.'));
    }
  });

  it('are told the reason of each refusal', async () => {
    const errorOf = async (answer: Response | Promise<Response>): Promise<string> =>
      (await (await answer).json()).error;
    const body = JSON.stringify(TRIP);
    expect(await errorOf(post(mounted({}), body))).toContain('without the option authorize');
    expect(await errorOf(post(mounted({ authorize: () => false }), body))).toContain(
      'authorize of this dashboard did not permit it',
    );
    const foreign = await errorOf(post(mounted({ authorize: () => true }), body, { origin: 'https://ops.example' }));
    expect(foreign).toContain('from https://ops.example, and the dashboard is at shop.example');
    expect(foreign).toContain('the option origins');
  });

  it.each([
    ['https://shop.example', 'SHOP.example:443', 200],
    ['http://shop.example', 'shop.example:80', 200],
    ['http://shop.example', 'shop.example:81', 403],
    ['http://[::1]:8080', '[::1]:8080', 200],
    ['null', 'null', 403],
    ['file://', '', 403],
    ['http://', '', 403],
  ])('are those of a page from %s at the host %s: %i', async (origin, host, status) => {
    expect((await post(mounted({ authorize: () => true }), JSON.stringify(TRIP), { origin, host })).status).toBe(
      status,
    );
  });
});
