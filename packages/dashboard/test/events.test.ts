import { type Breaker, createBreaker } from '@switchgear/core';
import { Hono } from 'hono';
import { describe, expect, it, vi } from 'vitest';
import { dashboard } from '../src/index.ts';
import { listen } from './setup/listen.ts';

function mounted(...names: string[]): { app: Hono; breakers: Breaker[]; first: Breaker } {
  const breakers = names.map((name) => createBreaker({ name }));
  return { app: new Hono().route('/', dashboard(breakers)), breakers, first: breakers[0] as Breaker };
}

describe('the events', () => {
  it('begin with everything, and go on with what has changed alone', async () => {
    const { app, first } = mounted('a', 'b');
    const answer = await app.request('/events');
    expect(answer.headers.get('content-type')).toContain('text/event-stream');
    await using stream = listen(answer);
    const state = await stream.next();
    expect(state.event).toBe('state');
    expect(state.data.rows.map(({ id }: { id: string }) => id)).toEqual(['a', 'b']);
    first.trip();
    const changes = await stream.next();
    expect(changes.event).toBe('changes');
    expect(changes.data.rows).toMatchObject([{ id: 'a', state: 'open' }]);
    expect(changes.data.entries).toMatchObject([{ breaker: 'a', type: 'move', to: 'open' }]);
  });

  it('say that time alone has moved a circuit on, though it made no event', async () => {
    const { app, first } = mounted('a');
    first.trip(300);
    await using stream = listen(await app.request('/events'));
    await stream.next();
    const { data } = await stream.next();
    expect(data).toMatchObject({ rows: [{ id: 'a', state: 'half-open' }], entries: [] });
    expect(first.acquire().probe).toBe(true);
  });

  it('say what was missed, and that alone, to a client that comes back', async () => {
    const { app, first, breakers } = mounted('a', 'b', 'c');
    first.trip();
    const before = listen(await app.request('/events'));
    const { id } = await before.next();
    await before[Symbol.asyncDispose]();
    breakers[1]?.trip();
    for (const request of [
      new Request('http://x/events', { headers: { 'last-event-id': id } }),
      `/events?after=${id}`,
    ]) {
      await using stream = listen(await app.request(request));
      const { event, data } = await stream.next();
      expect(event).toBe('changes');
      expect(data.rows.map((row: { id: string }) => row.id)).toEqual(['b']);
      expect(data.entries).toMatchObject([{ breaker: 'b' }]);
    }
  });

  it.each([
    ['a bookmark of another process', 'other.0.0'],
    ['no bookmark', 'nonsense'],
    ['one from the future', 'INSTANCE.900.0'],
  ])('begin anew for %s', async (_what, id) => {
    const { app } = mounted('a');
    const before = listen(await app.request('/events'));
    const [instance = ''] = (await before.next()).id.split('.');
    await before[Symbol.asyncDispose]();
    await using stream = listen(await app.request(`/events?after=${id.replace('INSTANCE', instance)}`));
    expect((await stream.next()).event).toBe('state');
  });

  it('begin anew for a client that has missed more than the timeline holds', async () => {
    const { app, first } = mounted('a');
    const before = listen(await app.request('/events'));
    const { id } = await before.next();
    await before[Symbol.asyncDispose]();
    for (let i = 0; i < 200; i++) {
      first.trip();
      first.reset();
    }
    await using stream = listen(await app.request(`/events?after=${id}`));
    const { event, data } = await stream.next();
    expect(event).toBe('state');
    expect(data.entries).toHaveLength(300);
  });

  it('are not queued: a client that does not read gets all changes in one message later', async () => {
    const { app, first } = mounted('a');
    await using reading = listen(await app.request('/events'));
    const answer = await app.request('/events');
    await reading.next();
    for (let i = 0; i < 6; i++) {
      first.trip();
      first.reset();
      while ((await reading.nextOf('changes')).data.entries.length === 0);
    }
    await using late = listen(answer);
    const counts: number[] = [];
    await late.next();
    while (counts.reduce((sum, each) => sum + each, 0) < 12) counts.push((await late.next()).data.entries?.length ?? 0);
    expect(counts.filter((count) => count > 0).length).toBeLessThanOrEqual(3);
  });

  it('leave no timer behind when the client has gone', async () => {
    vi.useFakeTimers();
    try {
      const { app } = mounted('a');
      const stream = listen(await app.request('/events'));
      await stream.next();
      expect(vi.getTimerCount()).toBe(1);
      await stream[Symbol.asyncDispose]();
      await vi.advanceTimersByTimeAsync(1_000);
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  it('break the silence, so that a client can tell a quiet connection from a dead one', async () => {
    vi.useFakeTimers();
    try {
      const { app } = mounted('a');
      await using stream = listen(await app.request('/events'));
      await stream.next();
      await vi.advanceTimersByTimeAsync(10_500);
      expect((await stream.next()).event).toBe('heartbeat');
    } finally {
      vi.useRealTimers();
    }
  });
});
