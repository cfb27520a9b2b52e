import { type Breaker, createBreaker } from '@switchgear/core';
import { Hono } from 'hono';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type DashboardOptions, dashboard } from '../src/index.ts';
import { Streams } from '../src/web/streams.ts';

type Reader = ReadableStreamDefaultReader<Uint8Array>;

function mounted(options: DashboardOptions = {}): { app: Hono; breaker: Breaker } {
  const breaker = createBreaker({ name: 'a' });
  return { app: new Hono().route('/', dashboard([breaker], options)), breaker };
}

async function open(app: Hono, init: RequestInit = {}): Promise<{ status: number; reader: Reader }> {
  const answer = await app.request('/events', init);
  return { status: answer.status, reader: (answer.body as ReadableStream<Uint8Array>).getReader() };
}

/** The three parts of a message: its head with the time, what is shared, its end. */
async function message(reader: Reader): Promise<readonly (Uint8Array | undefined)[]> {
  return [(await reader.read()).value, (await reader.read()).value, (await reader.read()).value];
}

describe('streams of events', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('are limited by the option: one more gets Retry-After and the reason', async () => {
    const { app } = mounted({ streams: 2 });
    const first = await open(app);
    await open(app);
    const third = await app.request('/events');
    expect([third.status, third.headers.get('retry-after')]).toEqual([503, '5']);
    expect((await third.json()).error).toContain('All 2 event streams of this dashboard are in use');
    await first.reader.cancel();
    expect((await open(app)).status).toBe(200);
    expect((await app.request('/api/breakers')).status).toBe(200);
  });

  it('are a hundred at most, where no option says otherwise', async () => {
    const { app } = mounted();
    const statuses: number[] = [];
    for (let i = 0; i < 101; i++) statuses.push((await open(app)).status);
    expect(statuses).toEqual([...Array.from({ length: 100 }, () => 200), 503]);
  });

  it('share one text a revision, made once for all', async () => {
    const { app, breaker } = mounted();
    const readers = await Promise.all([open(app), open(app), open(app)]);
    const states = await Promise.all(readers.map(({ reader }) => message(reader)));
    expect(new Set(states.map(([, shared]) => shared)).size).toBe(1);
    breaker.trip();
    const news = Promise.all(readers.map(({ reader }) => message(reader)));
    await vi.advanceTimersByTimeAsync(1_000);
    const changes = await news;
    expect(new Set(changes.map(([, shared]) => shared)).size).toBe(1);
    expect(changes[0]?.[1]).not.toBe(states[0]?.[1]);
  });

  it('let go of a reader that does not read within half a minute, and give its place on', async () => {
    const { app } = mounted({ streams: 1 });
    const { reader } = await open(app);
    const closed = reader.closed.then(
      () => 'closed',
      (error: Error) => error.message,
    );
    await vi.advanceTimersByTimeAsync(29_000);
    expect((await app.request('/events')).status).toBe(503);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await closed).toBe('The client reads too slowly');
    expect((await open(app)).status).toBe(200);
  });

  it('keep a reader that is slow and reads, however long it takes', async () => {
    const { app, breaker } = mounted({ streams: 1 });
    const { reader } = await open(app);
    for (let i = 0; i < 5; i++) {
      await vi.advanceTimersByTimeAsync(25_000);
      breaker.trip();
      breaker.reset();
      const [head] = await message(reader);
      expect(head).toBeDefined();
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect((await app.request('/events')).status).toBe(503);
  });

  it('do nothing for a reader that does not read: no timer but the one that lets go of it, and no text', async () => {
    const { app, breaker } = mounted();
    await open(app);
    const stringify = vi.spyOn(JSON, 'stringify');
    for (let i = 0; i < 10; i++) {
      breaker.trip();
      breaker.reset();
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect([stringify.mock.calls.length, vi.getTimerCount()]).toEqual([0, 1]);
    stringify.mockRestore();
  });

  it('close the connection of one that does not read, where the server would wait for it', async () => {
    const { app } = mounted();
    const destroy = vi.fn();
    await app.request('/events', {}, { outgoing: { destroy } });
    await vi.advanceTimersByTimeAsync(30_000);
    expect(destroy).toHaveBeenCalledOnce();
  });

  it('end with the request, and leave no timer and no place behind', async () => {
    const { app } = mounted({ streams: 1 });
    const leave = new AbortController();
    const answer = await app.request(new Request('http://x/events', { signal: leave.signal }));
    const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
    await message(reader);
    const next = reader.read();
    leave.abort();
    expect(await next).toEqual({ done: true, value: undefined });
    expect(vi.getTimerCount()).toBe(0);
    expect((await open(app)).status).toBe(200);
  });
});

describe('a place for a stream', () => {
  it('is given on where its host has never said that the stream is gone', () => {
    const streams = new Streams(2);
    const [lost, alive] = [streams.take(0), streams.take(0)];
    alive?.seen(50_000);
    expect(streams.take(60_000)).toBeUndefined();
    expect(streams.take(60_001)).toBeDefined();
    // It comes back to life and has lost its place.
    lost?.seen(60_002);
    expect(streams.take(60_003)).toBeUndefined();
  });

  it('is left once, however often', () => {
    const streams = new Streams(1);
    const first = streams.take(0);
    first?.leave();
    expect(streams.take(0)).toBeDefined();
    first?.leave();
    expect(streams.take(0)).toBeUndefined();
  });
});
