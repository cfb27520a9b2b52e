import { describe, expect, it } from 'vitest';
import { type Listener, topicBus } from '../../src/store/topic-bus.ts';

/** A topic of which a test decides what comes back. */
function scene() {
  const listeners: Listener[] = [];
  const published: string[] = [];
  let left = 0;
  const bus = topicBus('testBus', async (listener) => {
    listeners.push(listener);
    return { publish: async (report) => published.push(report), leave: () => left++ };
  });
  return { bus, listeners, published, left: () => left };
}

describe('a bus over a topic', () => {
  it('listens again when nothing that it publishes comes back', async () => {
    const { bus, listeners, published, left } = scene();
    const connection = await bus.open(() => {});
    for (let i = 0; i < 8; i++) await connection.send(`report ${i}`);
    await expect(connection.send('report 8')).rejects.toThrow(/^testBus could not hear what it publishes/);
    expect([listeners.length, left()]).toEqual([1, 1]);
    await connection.send('report 9');
    expect([listeners.length, published.length]).toEqual([2, 10]);
  });

  it('does not while anything comes back', async () => {
    const { bus, listeners } = scene();
    const connection = await bus.open(() => {});
    for (let i = 0; i < 50; i++) {
      await connection.send(`report ${i}`);
      if (i % 8 === 7) listeners[0]?.hear('of another');
    }
    expect(listeners.length).toBe(1);
  });

  it('joins a topic that was lost with the next report, and says what happened once', async () => {
    const { bus, listeners, left } = scene();
    const faults: unknown[] = [];
    const connection = await bus.open(
      () => {},
      (error) => faults.push((error as Error).message),
    );
    for (let i = 0; i < 2; i++) listeners[0]?.lost(new Error('the server went away'));
    expect(faults).toEqual(['testBus could not keep its connection: the server went away']);
    expect([listeners.length, left()]).toEqual([1, 1]);
    await connection.send('report');
    expect(listeners.length).toBe(2);
  });

  it('hears and says nothing after it was closed', async () => {
    const { bus, listeners, left } = scene();
    const heard: unknown[] = [];
    const hear = (told: unknown) => heard.push(told);
    const connection = await bus.open(hear, hear);
    await connection.close();
    listeners[0]?.hear('report');
    listeners[0]?.lost(new Error('late'));
    expect(heard).toEqual([]);
    expect(left()).toBe(1);
  });
});
