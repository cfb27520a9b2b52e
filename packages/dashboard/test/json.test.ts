import { createBalancer } from '@switchgear/balancer';
import { consecutiveFailures, createBreaker, createRegistry, fixed, type Registry } from '@switchgear/core';
import { manualClock } from '@switchgear/core/testing';
import { share } from '@switchgear/sharing';
import { Hono } from 'hono';
import { describe, expect, it, vi } from 'vitest';
import { dashboard } from '../src/index.ts';

function mounted(options = {}): { app: Hono; registry: Registry; clock: ReturnType<typeof manualClock> } {
  const clock = manualClock(5_000);
  const registry = createRegistry({
    options: (name) => ({ name, clock, openWhen: consecutiveFailures(2), openFor: fixed(45_000) }),
  });
  for (const name of ['payments/eu-1', 'payments/eu-2', 'mail']) registry.get(name);
  const app = new Hono();
  app.route('/breakers', dashboard(registry, { wall: clock.wall, ...options }));
  return { app, registry, clock };
}

// biome-ignore lint/suspicious/noExplicitAny: tests look at what came
const json = async (app: Hono, path: string): Promise<any> => (await app.request(path)).json();

describe('the page', () => {
  it('is where it is mounted, and only what carries its nonce runs', async () => {
    const path = '/breakers';
    const { app } = mounted({ title: 'Shop <1>' });
    const answer = await app.request(path);
    const policy = answer.headers.get('content-security-policy') ?? '';
    const [nonce] = /(?<=script-src 'nonce-)[0-9a-f]{32}/.exec(policy) ?? [];
    const html = await answer.text();
    expect(answer.headers.get('content-type')).toBe('text/html; charset=UTF-8');
    expect(html).toContain(`<script type="module" nonce="${nonce}">`);
    expect(html).toContain('<title>Shop &lt;1&gt;</title>');
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(html).not.toMatch(/<(script|link|img)[^>]*(src|href)="(?!data:)/);
    expect((await app.request(path)).headers.get('content-security-policy')).not.toBe(policy);
  });

  it('is found with a slash at the end, behind a proxy too', async () => {
    const { app } = mounted();
    const answer = await app.request('/breakers/');
    expect([answer.status, answer.headers.get('location')]).toEqual([308, '../breakers']);
  });

  it('leaves other routes alone, wherever it is mounted', async () => {
    const app = new Hono();
    app.route('/', dashboard([]));
    app.get('/shop/', (c) => c.text('open'));
    const answer = await app.request('/shop/');
    expect([answer.status, await answer.text(), answer.headers.get('cache-control')]).toEqual([200, 'open', null]);
    expect((await app.request('/nowhere')).status).toBe(404);
  });
});

describe('the JSON of what is shared', () => {
  const shared = { state: 'closed', ground: 'none', isItUs: false, isDissenting: false, told: [] } as const;
  const told = [{ life: 'abc', state: 'open', ground: 'sums', rule: 'cusum', age: 3_000 }] as const;
  const sharing = {
    report: () => ({
      ...{ group: 'shop', instances: 3, alone: false, life: 'me', sent: 1, received: 2, dropped: 0 },
      circuits: [
        { ...shared, breaker: 'mail' },
        { ...shared, breaker: 'payments/eu-1', told },
        { ...shared, breaker: 'payments/eu-2', state: 'open', ground: 'hearsay' } as const,
      ],
    }),
  };

  it('is who the instances are, and the circuits that are not well everywhere; or one circuit', async () => {
    const { app } = mounted({ sharing });
    const all = await json(app, '/breakers/api/sharing');
    expect(all).toMatchObject({ group: 'shop', instances: 3, alone: false });
    expect(all.circuits.map(({ breaker }: { breaker: string }) => breaker)).toEqual(['payments/eu-1', 'payments/eu-2']);
    const one = await json(app, '/breakers/api/sharing?breaker=mail');
    expect(one.circuits).toEqual([{ ...shared, breaker: 'mail' }]);
    expect((await json(app, '/breakers/api/breakers')).sharing).toBe(true);
  });

  it('is read from what share returns', async () => {
    const registry = createRegistry({ options: (name) => ({ name }) });
    registry.get('mail');
    const shared = share(registry, { group: 'shop', bus: { open: () => ({ send() {}, close() {} }) } });
    const app = dashboard(registry, { sharing: shared });
    expect(await json(app, '/api/sharing?breaker=mail')).toMatchObject({
      alone: true,
      circuits: [{ state: 'closed' }],
    });
    await shared.close();
  });

  it('is not there without the option, which takes only what can report', async () => {
    const { app } = mounted();
    expect((await app.request('/breakers/api/sharing')).status).toBe(404);
    expect((await json(app, '/breakers/api/breakers')).sharing).toBe(false);
    expect(() => mounted({ sharing: {} })).toThrow(/sharing must be what share returned, got an object/);
  });
});

describe('the JSON of endpoints', () => {
  it('has a row for each endpoint of each balancer', async () => {
    const search = createBalancer({ name: 'search', endpoints: [{ id: 'a' }, { id: 'b' }] });
    const [, breaker] = search;
    breaker?.trip(60_000);
    const app = dashboard(search, { balancers: [search] });
    expect(await json(app, '/api/trees')).toMatchObject([
      {
        name: 'search',
        rows: [
          { id: 'a', state: 'open', weight: 0 },
          { id: 'b', state: 'closed', weight: 1, why: '' },
        ],
      },
    ]);
    expect(await json(app, '/api/breakers')).toMatchObject({ trees: true });
    expect((await json(app, '/api/breaker?id=search/a')).row.state).toBe('open');
  });

  it('is not there without the option, which takes only what has rows', async () => {
    const { app } = mounted();
    expect((await app.request('/breakers/api/trees')).status).toBe(404);
    expect(() => mounted({ balancers: [{} as never] })).toThrow(
      /balancers must be a list of what createBalancer returned/,
    );
  });
});

describe('the JSON', () => {
  it('says where each breaker stands, until when, and to which service it belongs', async () => {
    const { app, registry, clock } = mounted();
    registry.get('payments/eu-1').trip();
    registry.get('mail').setMode('isolated');
    clock.advance(5_000);
    const { rows, controls, now } = await json(app, '/breakers/api/breakers');
    expect(controls).toBe(false);
    expect(rows.toSorted((a: { id: string }, b: { id: string }) => a.id.localeCompare(b.id))).toMatchObject([
      { id: 'mail', group: 'mail', state: 'closed', mode: 'isolated', until: null },
      { id: 'payments/eu-1', group: 'payments', state: 'open', mode: 'active', until: now + 40_000 },
      { id: 'payments/eu-2', group: 'payments', state: 'closed', until: null },
    ]);
  });

  it('shows one breaker closely: why, its numbers, timeline, refusals and charts', async () => {
    const { app, registry, clock } = mounted();
    const breaker = registry.get('payments/eu-1');
    breaker.tryAcquire()?.settle('success', 20);
    breaker.tryAcquire()?.settle('failure', 1_500);
    breaker.tryAcquire()?.settle('failure', 500);
    breaker.tryAcquire();
    clock.advance(1_000);
    const detail = await json(app, '/breakers/api/breaker?id=payments%2Feu-1');
    expect(detail.why).toMatchObject({
      says: 'Circuit "payments/eu-1" opened: 2 calls in a row failed.',
      evidence: { run: 2 },
    });
    expect(detail.row.until).toBe(detail.now + 44_000);
    expect(detail.trouble).toEqual({
      since: detail.now - 1_000,
      says: detail.why.says,
      ...{ refused: 1, openings: 1, attempts: 0 },
    });
    expect(detail.counts.rejected).toBe(1);
    expect(detail.entries).toHaveLength(1);
    expect(detail.refusals).toMatchObject([
      { says: expect.stringContaining('refused a call'), reason: '2 calls in a row failed.' },
    ]);
    const bucket = { succeeded: 1, failed: 2, refused: 1, slow: 1, mean: (20 + 1_500 + 500) / 3, longest: 1_500 };
    expect(detail.seconds).toMatchObject([bucket]);
    expect(detail.steps).toMatchObject([bucket]);
  });

  it('shows how far recovery has come: what the probes said, and the share let through', async () => {
    const { app, registry, clock } = mounted();
    const breaker = registry.get('mail');
    breaker.halfOpen();
    const probe = breaker.acquire();
    for (let i = 0; i < 3; i++) breaker.tryAcquire();
    probe.settle('success', 5);
    clock.advance(950);
    const { row } = await json(app, '/breakers/api/breaker?id=mail');
    expect(row).toMatchObject({ state: 'half-open', calls: 1, failures: 0, admitted: 0.25 });
  });

  it('says of a breaker in shadow mode that it would have opened, and why', async () => {
    const { app, registry } = mounted();
    const breaker = registry.get('mail');
    breaker.setMode('shadow');
    for (let i = 0; i < 2; i++) breaker.tryAcquire()?.settle('failure', 5);
    const { row, why } = await json(app, '/breakers/api/breaker?id=mail');
    expect(row).toMatchObject({ mode: 'shadow', state: 'closed' });
    expect(why.says).toMatch(/would have opened: 2 calls in a row failed/);
  });

  it('answers 404 for a breaker that is not there', async () => {
    const { app } = mounted();
    expect((await app.request('/breakers/api/breaker?id=nobody')).status).toBe(404);
  });

  it('says what was saved, at the prices given', async () => {
    const { app, registry } = mounted({ prices: { currency: 'EUR', failedCall: 2 } });
    registry.get('mail').trip();
    registry.get('mail').tryAcquire();
    const { figures, currency } = await json(app, '/breakers/api/impact');
    expect(currency).toBe('EUR');
    expect(figures.failedCallsAvoided).toMatchObject({ low: 0, high: 2 });
  });

  it('groups as it is told', async () => {
    const { app } = mounted({ group: () => 'all' });
    const { rows } = await json(app, '/breakers/api/breakers');
    expect(rows.map(({ group }: { group: string }) => group)).toEqual(['all', 'all', 'all']);
  });

  it('shows breakers that came later and forgets those that are gone', async () => {
    const { app, registry, clock } = mounted();
    await json(app, '/breakers/api/breakers');
    registry.get('late');
    registry.delete('mail');
    clock.advance(1_000);
    const { rows } = await json(app, '/breakers/api/breakers');
    expect(rows.map(({ id }: { id: string }) => id).toSorted()).toEqual(['late', 'payments/eu-1', 'payments/eu-2']);
  });
});

describe('looking', () => {
  const everything = ['', '/api/breakers', '/api/breaker?id=mail', '/api/impact'];

  it('takes no probe and makes no event', async () => {
    const { app, registry, clock } = mounted();
    const events: string[] = [];
    const breaker = registry.get('mail');
    breaker.trip();
    clock.advance(60_000);
    breaker.subscribe(({ type }) => events.push(type), { outcomes: true });
    for (const path of everything) expect((await app.request(`/breakers${path}`)).status).toBe(200);
    expect(events).toEqual([]);
    expect(breaker.acquire().probe).toBe(true);
  });

  it('needs no timer, and neither does observing', async () => {
    const timers = [vi.spyOn(globalThis, 'setTimeout'), vi.spyOn(globalThis, 'setInterval')];
    const { app, registry } = mounted();
    for (let i = 0; i < 5; i++) registry.get('mail').tryAcquire()?.settle('failure', 5);
    for (const path of everything) await (await app.request(`/breakers${path}`)).text();
    for (const timer of timers) expect(timer).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  });

  it('finds no way to anywhere else: addresses in a request are names of breakers', async () => {
    const { app } = mounted();
    const fetched = vi.spyOn(globalThis, 'fetch');
    const answer = await app.request('/breakers/api/breaker?id=http%3A%2F%2F127.0.0.1%2F&url=http://127.0.0.1/');
    expect(answer.status).toBe(404);
    expect(fetched).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  });
});

describe('a dashboard', () => {
  it('takes a list of breakers', async () => {
    const app = new Hono().route('/', dashboard([createBreaker({ name: 'a' }), createBreaker({ name: 'a' })]));
    const { rows } = await json(app, '/api/breakers');
    expect(rows.map(({ id }: { id: string }) => id)).toEqual(['a', 'a (2)']);
  });

  it('refuses prices that are none', () => {
    expect(() => dashboard([], { prices: { minuteDown: -1 } })).toThrow(RangeError);
  });
});
