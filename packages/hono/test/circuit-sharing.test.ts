import { createBreaker } from '@switchgear/core';
import { type Bus, share } from '@switchgear/sharing';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { circuitSharing } from '../src/index.ts';

/** An app whose breakers share over a bus that takes its time, on a runtime without timers of our own. */
function shared(now: () => number) {
  const sent: string[] = [];
  let answer = (): void => {};
  const bus: Bus = {
    open: () => ({
      send(report) {
        sent.push(report);
        return new Promise<void>((resolve) => {
          answer = resolve;
        });
      },
      close() {},
    }),
  };
  const breaker = createBreaker({ name: 'payments' });
  const none = { after: () => () => {} };
  const sharing = share(breaker, { group: 'edge', bus, scheduler: none, clock: { now } });
  const app = new Hono();
  app.use(circuitSharing(sharing));
  app.get('/', (c) => c.text('here'));
  return { app, sent, answer: () => answer() };
}

/** What a runtime hands to `fetch` beside the request. */
function context() {
  const work: Promise<unknown>[] = [];
  return { work, waitUntil: (each: Promise<unknown>) => void work.push(each), passThroughOnException() {}, props: {} };
}

describe('circuitSharing', () => {
  it('sends a report when one is due, which no request waits for, and hands it to waitUntil', async () => {
    let now = 0;
    const { app, sent, answer } = shared(() => now);
    const first = sent.length;
    answer();
    await new Promise(setImmediate);
    now += 2_000;
    const runtime = context();
    const response = await app.request('/', {}, {}, runtime as never);
    expect(await response.text()).toBe('here');
    expect(sent.length).toBe(first + 1);
    expect(runtime.work.length).toBe(1);
    answer();
    await Promise.all(runtime.work);
  });

  it('sends no more than one report a tick, however many requests there are', async () => {
    let now = 0;
    const { app, sent, answer } = shared(() => now);
    const first = sent.length;
    for (let i = 0; i < 50; i++) {
      now += 100;
      await app.request('/', {}, {}, context() as never);
      answer();
      await new Promise(setImmediate);
    }
    // A beat each two seconds, in peace.
    expect(sent.length - first).toBeLessThanOrEqual(3);
    expect(sent.length - first).toBeGreaterThanOrEqual(2);
  });

  it('does no harm where there is no waitUntil', async () => {
    let now = 0;
    const { app, sent } = shared(() => now);
    now += 2_000;
    const before = sent.length;
    expect((await app.request('/')).status).toBe(200);
    expect(sent.length).toBeGreaterThanOrEqual(before);
  });

  it('is refused for anything but what share returned', () => {
    expect(() => circuitSharing({} as never)).toThrow(
      /circuitSharing sharing must be what share returned, got an object/,
    );
    expect(() => circuitSharing(undefined as never)).toThrow(/got undefined/);
  });
});
