import { type Breaker, createBreaker } from '@switchgear/core';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { type Audit, type DashboardOptions, dashboard } from '../src/index.ts';

const HOST = 'http://shop.example';
const OURS = { 'content-type': 'application/json', origin: HOST };

function mounted(options: DashboardOptions): { app: Hono; breaker: Breaker } {
  const breaker = createBreaker({ name: 'a/1' });
  return { app: new Hono().route('/breakers', dashboard([breaker], options)), breaker };
}

function post(app: Hono, body: unknown, headers: Record<string, string> = OURS): Response | Promise<Response> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return app.request(`${HOST}/breakers/api/orders`, { method: 'POST', headers, body: text });
}

const trip = { breaker: 'a/1', order: 'trip' };

describe('operator controls', () => {
  it.each([
    [trip, 'open', 'active'],
    [{ breaker: 'a/1', order: 'half-open' }, 'half-open', 'active'],
    [{ breaker: 'a/1', order: 'reset' }, 'closed', 'active'],
    [{ breaker: 'a/1', order: 'mode', mode: 'isolated' }, 'closed', 'isolated'],
    [{ breaker: 'a/1', order: 'mode', mode: 'shadow' }, 'closed', 'shadow'],
  ])('carries out %o', async (order, state, mode) => {
    const { app, breaker } = mounted({ authorize: () => true });
    const answer = await post(app, order);
    expect([answer.status, breaker.state, breaker.mode]).toEqual([200, state, mode]);
    expect(await answer.json()).toMatchObject({ row: { state, mode } });
  });

  it('opens for as long as it is told', async () => {
    const { app, breaker } = mounted({ authorize: () => true });
    await post(app, { ...trip, forMs: 90_000 });
    expect(breaker.retryAfter).toBeGreaterThan(80_000);
  });

  it('is off unless authorize is given', async () => {
    const { app, breaker } = mounted({});
    expect((await post(app, trip)).status).toBe(403);
    expect(breaker.state).toBe('closed');
  });

  it.each([false, undefined, null, ''])('does nothing where authorize says %o', async (word) => {
    const { app, breaker } = mounted({ authorize: async () => word });
    expect((await post(app, trip)).status).toBe(403);
    expect(breaker.state).toBe('closed');
  });

  it('does nothing where authorize throws', async () => {
    const { app, breaker } = mounted({
      authorize: () => {
        throw new Error('no');
      },
    });
    expect((await post(app, trip)).status).toBe(500);
    expect(breaker.state).toBe('closed');
  });

  it.each([
    ['a form', 415, { 'content-type': 'application/x-www-form-urlencoded', origin: HOST }],
    ['plain text', 415, { 'content-type': 'text/plain', origin: HOST }],
    ['a type that only looks like JSON', 415, { 'content-type': 'application/jsonp', origin: HOST }],
    ['another origin', 403, { 'content-type': 'application/json', origin: 'http://evil.example' }],
    ['an origin that begins like ours', 403, { 'content-type': 'application/json', origin: `${HOST}.evil.example` }],
    ['a page without an origin', 403, { 'content-type': 'application/json', origin: 'null' }],
    ['no origin', 403, { 'content-type': 'application/json' }],
    ['another site', 403, { ...OURS, 'sec-fetch-site': 'cross-site' }],
  ])('takes nothing from %s', async (_whom, status, headers) => {
    let asked = 0;
    const { app, breaker } = mounted({ authorize: () => Boolean(++asked) });
    expect((await post(app, trip, headers)).status).toBe(status);
    expect([breaker.state, asked]).toEqual(['closed', 0]);
  });

  it('takes orders from origins it was told of', async () => {
    const { app } = mounted({ authorize: () => true, origins: ['https://ops.example'] });
    expect((await post(app, trip, { ...OURS, origin: 'https://ops.example' })).status).toBe(200);
  });

  it.each([
    ['no JSON', 'trip', 400],
    ['no order', {}, 400],
    ['nothing', 'null', 400],
    ['an unknown mode', { breaker: 'a/1', order: 'mode', mode: 'off' }, 400],
    ['an invalid duration', { ...trip, forMs: -1 }, 400],
    ['too much', JSON.stringify({ ...trip, more: 'x'.repeat(20_000) }), 400],
    ['a breaker that is not there', { breaker: 'b', order: 'trip' }, 404],
  ])('refuses %s', async (_what, body, status) => {
    const { app, breaker } = mounted({ authorize: () => true });
    expect((await post(app, body)).status).toBe(status);
    expect(breaker.state).toBe('closed');
  });

  it('tells the audit and the timeline who did what, before it is done', async () => {
    const audits: (Audit & { state: string })[] = [];
    const { app, breaker } = mounted({
      authorize: (c) => c.req.header('x-user'),
      onAudit: (audit) => audits.push({ ...audit, state: breaker.state }),
      wall: () => 1_000,
    });
    await post(app, trip, { ...OURS, 'x-user': 'ann' });
    await post(app, { ...trip, order: 'reset' });
    expect(audits).toEqual([
      { at: 1_000, order: trip, operator: 'ann', allowed: true, state: 'closed' },
      { at: 1_000, order: { ...trip, order: 'reset' }, operator: undefined, allowed: false, state: 'open' },
    ]);
    const { entries } = (await (await app.request('/breakers/api/breaker?id=a%2F1')).json()) as {
      entries: { says: string }[];
    };
    expect(entries.map(({ says }) => says)).toEqual([
      'Unauthorized order refused: reset.',
      expect.stringContaining('an operator opened it'),
      'Order by ann: trip.',
    ]);
  });

  it('does nothing that it could not put on record', async () => {
    const { app, breaker } = mounted({ authorize: () => true, onAudit: () => Promise.reject(new Error('disk full')) });
    expect((await post(app, trip)).status).toBe(500);
    expect(breaker.state).toBe('closed');
  });

  it('is not moved by GET', async () => {
    const { app, breaker } = mounted({ authorize: () => true });
    expect((await app.request(`${HOST}/breakers/api/orders?breaker=a%2F1&order=trip`, { headers: OURS })).status).toBe(
      404,
    );
    expect(breaker.state).toBe('closed');
  });
});
