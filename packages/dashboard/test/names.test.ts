import { type Breaker, consecutiveFailures, createBreaker, createRegistry } from '@switchgear/core';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { dashboard, impact } from '../src/index.ts';
import { listen } from './setup/listen.ts';

/** Names that an object has without being given them, and some that are hard to write. */
const NAMES = [
  ...[
    '__proto__',
    'constructor',
    'prototype',
    'valueOf',
    'toString',
    'hasOwnProperty',
    'isPrototypeOf',
    'toLocaleString',
  ],
  ...['__defineGetter__', '__lookupGetter__', 'propertyIsEnumerable', 'then', 'toJSON', 'length', 'name', '0', '-1'],
  ...[
    'null',
    'undefined',
    'NaN',
    '%E0',
    '%',
    '#',
    '`outcomes`',
    '<script>',
    '"',
    'a\nb',
    'a\r\nb',
    '\u2028',
    '\ud800',
    ' ',
  ],
];

function called(name: string): Breaker {
  return createBreaker({ name, openWhen: consecutiveFailures(2) });
}

function use(breaker: Breaker): void {
  breaker.tryAcquire()?.settle('success', 5);
  for (let i = 0; i < 2; i++) breaker.tryAcquire()?.settle('failure', 10);
  breaker.tryAcquire();
}

// biome-ignore lint/suspicious/noExplicitAny: tests look at what came
const json = async (app: Hono, path: string): Promise<any> => {
  const answer = await app.request(path);
  expect(answer.status, path).toBe(200);
  return answer.json();
};

const at = (name: string): string => `/api/breaker?${new URLSearchParams({ id: name })}`;

describe('a breaker may be called anything', () => {
  it.each(NAMES)('%j is listed, looked at closely and ordered about like any other', async (name) => {
    const breaker = called(name);
    let now = 1_700_000_000_000;
    const app = new Hono().route('/', dashboard([breaker], { authorize: () => true, wall: () => now }));
    use(breaker);
    // The charts show seconds that are over.
    now += 1_000;
    const state = await json(app, '/api/breakers');
    expect(Object.keys(state.seconds)).toEqual([name]);
    expect(state.rows).toMatchObject([{ id: name, state: 'open', failures: 0 }]);
    expect(state.entries).toMatchObject([{ breaker: name, to: 'open' }]);
    if (name.isWellFormed()) expect((await json(app, at(name))).counts.rejected).toBe(1);
    const order = { method: 'POST', headers: { 'content-type': 'application/json', origin: 'http://localhost' } };
    const body = JSON.stringify({ breaker: name, order: 'reset' });
    expect((await app.request('/api/orders', { ...order, body })).status).toBe(200);
    expect(breaker.state).toBe('closed');
    await using stream = listen(await app.request('/events'));
    expect((await stream.next()).data.rows).toMatchObject([{ id: name }]);
  });

  it.each(NAMES)('%j has no fallback that it was not given, and the one that it was', async (name) => {
    const [without, withOne] = [called(name), called(name)];
    const none = [without];
    const one = [withOne];
    const app = new Hono().route('/', dashboard(none)).route('/one', dashboard(one, { fallbacks: fallbackOf(name) }));
    for (const breaker of [without, withOne]) use(breaker);
    served = 3;
    expect((await json(app, '/api/impact')).figures.availabilityWith.formula).toBe('(1) ÷ (1 + 2 failed + 1 refused)');
    expect((await json(app, '/one/api/impact')).figures.availabilityWith).toMatchObject({
      formula: '(1 + 3 by fallbacks) ÷ (1 + 2 failed + 1 refused)',
      low: 1,
    });
    for (const breakers of [none, one]) {
      for (const { low, high } of Object.values(impact(breakers).figures))
        expect([low, high].every(Number.isFinite)).toBe(true);
    }
  });

  it('those of a registry too', async () => {
    const registry = createRegistry({ options: (name) => ({ name, openWhen: consecutiveFailures(2) }) });
    const app = new Hono().route('/', dashboard(registry));
    for (const name of NAMES) use(registry.get(name));
    expect((await json(app, '/api/breakers')).rows.map(({ id }: { id: string }) => id)).toEqual(NAMES);
  });

  it.each(['__proto__', 'constructor', 'toString', '', 'hasOwnProperty'])(
    'where none is called %j there is none',
    async (name) => {
      const app = new Hono().route('/', dashboard([called('a')], { authorize: () => true }));
      expect((await app.request(at(name))).status).toBe(404);
      const headers = { 'content-type': 'application/json', origin: 'http://localhost' };
      const order = (body: string) => app.request('/api/orders', { method: 'POST', headers, body });
      expect((await order(JSON.stringify({ breaker: name, order: 'reset' }))).status).toBe(404);
      expect((await order(JSON.stringify({ breaker: 'a', order: name }))).status).toBe(400);
      expect((await order(JSON.stringify({ breaker: 'a', order: 'mode', mode: name }))).status).toBe(400);
    },
  );
});

let served = 0;

function fallbackOf(name: string): Record<string, () => { served: number }> {
  served = 0;
  return Object.fromEntries([[name, () => ({ served })]]);
}
