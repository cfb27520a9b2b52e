import { createRegistry } from '@switchgear/core';
import { watchBreaker } from '@switchgear/testkit';
import { Hono } from 'hono';
import { expect, it } from 'vitest';
import { circuitTiming } from '../src/index.ts';

it('an answer carries the state of each circuit, beside other entries', async () => {
  const [{ breaker: weather }, { breaker: news }] = [watchBreaker({ name: 'weather' }), watchBreaker({ name: 'news' })];
  const app = new Hono();
  app.use(circuitTiming([weather, news]));
  app.get('/', (c) => {
    news.trip();
    c.header('server-timing', 'own;dur=1');
    return c.text('ok');
  });
  const header = (await app.request('/')).headers.get('server-timing');
  expect(header).toBe('own;dur=1, circuit;desc="weather: closed", circuit;desc="news: open"');
});

it('nothing is sent if no breaker is picked for the client', async () => {
  const { breaker } = watchBreaker({ name: 'weather' });
  const app = new Hono();
  app.use(circuitTiming((c) => (c.req.header('stage') === 'development' ? [breaker] : [])));
  app.get('/', (c) => c.text('ok'));
  expect((await app.request('/')).headers.has('server-timing')).toBe(false);
  const told = await app.request('/', { headers: { stage: 'development' } });
  expect(told.headers.get('server-timing')).toBe('circuit;desc="weather: closed"');
});

it('characters that a header cannot hold are removed from a name', async () => {
  const registry = createRegistry({ options: (name) => ({ name }) });
  registry.get('a"b\\c\n€ /users/:id');
  const app = new Hono();
  app.use(circuitTiming(registry));
  app.get('/', () => new Response('ok'));
  expect((await app.request('/')).headers.get('server-timing')).toBe('circuit;desc="abc /users/:id: closed"');
});

it('an answer of fetch, whose headers are immutable, carries them too', async () => {
  const { breaker } = watchBreaker({ name: 'weather' });
  const app = new Hono();
  app.use(circuitTiming([breaker]));
  app.get('/', () => fetch('data:,ok'));
  const answer = await app.request('/');
  expect([answer.headers.get('server-timing'), await answer.text()]).toEqual(['circuit;desc="weather: closed"', 'ok']);
});

it.each([
  ['a thousand names', 1_000, ''],
  ['names that are long', 40, 'x'.repeat(5_000)],
  ['names that are longer in bytes than they look', 1_000, '€'],
])('a header stays small for %s: those in trouble first, and how many are left out', async (_what, count, end) => {
  const registry = createRegistry({ options: (name) => ({ name }) });
  for (let at = 0; at < count; at += 1) registry.get(`service-${at}${end}`);
  registry.get(`service-${count - 1}${end}`).trip();
  const app = new Hono();
  app.use(circuitTiming(registry));
  app.get('/', (c) => c.text('ok'));
  const header = (await app.request('/')).headers.get('server-timing') ?? '';
  const entries = header.split(', ');
  expect(header.length).toBeLessThanOrEqual(2_048);
  expect(entries[0]).toMatch(new RegExp(`^circuit;desc="service-${count - 1}x*: open"$`));
  expect(entries.at(-1)).toBe(`circuit;desc="${count - entries.length + 1} more"`);
});
