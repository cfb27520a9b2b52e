import { once } from 'node:events';
import { faultServer, OPEN_FOR, watchBreaker } from '@switchgear/testkit';
import { Hono } from 'hono';
import { streamSSE, streamText } from 'hono/streaming';
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { breakerProxy, circuitBreaker } from '../src/index.ts';
import { serve } from './serve.ts';

// Node's server prints what clients that leave do to streams.
beforeEach(() => void vi.spyOn(console, 'error').mockReturnValue());
afterEach(() => vi.restoreAllMocks());

it('a stream holds no permit: a probe is settled when its answer begins, and others go through while it runs', async () => {
  const { breaker, clock, permits, outcomes } = watchBreaker();
  breaker.trip();
  clock.advance(OPEN_FOR);
  const app = new Hono();
  app.use(circuitBreaker({ breaker }));
  let end = () => {};
  app.get('/news', (c) =>
    streamSSE(c, async (stream) => {
      await stream.writeSSE({ data: 'first' });
      await new Promise<void>((resolve) => {
        end = resolve;
      });
    }),
  );
  app.get('/', (c) => c.text('ok'));
  const news = await app.request('/news');
  const reader = news.body?.getReader();
  expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('data: first\n\n');
  expect([breaker.state, permits.inFlight]).toEqual(['closed', 0]);
  expect((await app.request('/')).status).toBe(200);
  end();
  expect((await reader?.read())?.done).toBe(true);
  expect(outcomes).toEqual(['success', 'success']);
});

it('an error of a stream that has begun does not count', async () => {
  const { breaker, outcomes, permits } = watchBreaker();
  const app = new Hono();
  app.use(circuitBreaker({ breaker }));
  const thrown: unknown[] = [];
  app.get('/', (c) =>
    streamText(
      c,
      async (stream) => {
        await stream.write('half');
        throw new Error('cut');
      },
      async (error) => void thrown.push(error),
    ),
  );
  expect(await (await app.request('/')).text()).toBe('half');
  expect([thrown, outcomes]).toEqual([[new Error('cut')], ['success']]);
  expect(permits).toMatchObject({ issued: 1, inFlight: 0, settledTwice: 0, recorded: 0 });
});

it.each(['a route', 'a proxy'])('a client that leaves in mid-stream leaves no permit behind in %s', async (what) => {
  const { breaker, permits, outcomes } = watchBreaker();
  const upstream = await faultServer();
  onTestFinished(() => upstream.close());
  // It sends its headers and then nothing: the stream would go on for good.
  upstream.always({ does: 'hang', headers: true });
  const app = new Hono();
  if (what === 'a proxy') app.get('/', breakerProxy({ to: upstream.url, breaker }));
  else app.get('/', circuitBreaker({ breaker }), (c) => fetch(upstream.url, { signal: c.req.raw.signal }));
  const server = await serve(app);
  onTestFinished(() => server.close());
  const closed = server.arrival().then((arrival) => once((arrival as [unknown, NodeJS.EventEmitter])[1], 'close'));
  const controller = new AbortController();
  const response = await fetch(server.url, { signal: controller.signal });
  expect(response.status).toBe(200);
  controller.abort();
  await expect(response.text()).rejects.toThrow();
  await closed;
  expect(outcomes).toEqual(['success']);
  expect(permits).toMatchObject({ issued: 1, inFlight: 0, settledTwice: 0 });
});

it('a request whose client leaves before the answer begins is ignored, also in a sub-app with its own onError', async () => {
  const { breaker, permits, outcomes } = watchBreaker();
  const part = new Hono();
  part.use(circuitBreaker({ breaker }));
  const controller = new AbortController();
  part.get('/', (c) => {
    controller.abort();
    c.req.raw.signal.throwIfAborted();
    return c.text('never');
  });
  part.onError((_error, c) => c.text('sorry', 500));
  const app = new Hono().route('/part', part);
  expect((await app.request('/part', { signal: controller.signal })).status).toBe(500);
  expect(outcomes).toEqual(['ignored']);
  expect(permits).toMatchObject({ issued: 1, inFlight: 0 });
});
