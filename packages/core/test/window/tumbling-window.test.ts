import { describe, expect, it } from 'vitest';
import { failureCount, tumblingWindow } from '../../src/index.ts';
import { CALLS, FAILURES } from '../../src/window/window.ts';
import { observed } from '../breaker/breakers.ts';

describe('tumblingWindow', () => {
  it('forgets at whole lengths from its start, also after an idle while', () => {
    const memory = tumblingWindow(100).start(7, 2);
    memory.count(350);
    memory.roll(406);
    expect([memory.sums[CALLS], memory.from, memory.until]).toEqual([1, 307, 407]);
    memory.roll(407);
    expect([memory.sums[CALLS], memory.from, memory.until]).toEqual([0, 407, 507]);
  });

  it('counts a call that begins a new length in that length alone', () => {
    const memory = tumblingWindow(100).start(0, 2);
    memory.count(99);
    memory.count(100);
    expect(memory.sums[CALLS]).toBe(1);
  });

  it('counts skipped calls', () => {
    const memory = tumblingWindow(100).start(0, 2);
    memory.count(1);
    memory.skip(5);
    expect(memory.sums[CALLS]).toBe(6);
  });

  it('restarts its length when it is cleared', () => {
    const memory = tumblingWindow(100).start(0, 2);
    memory.count(1);
    memory.add(FAILURES, 1);
    memory.clear(60);
    expect([memory.sums[CALLS], memory.sums[FAILURES]]).toEqual([0, 0]);
    memory.count(61);
    memory.roll(159);
    expect(memory.sums[CALLS]).toBe(1);
    memory.roll(160);
    expect(memory.sums[CALLS]).toBe(0);
  });

  it('without a length does not use the time, and starts again after a move', () => {
    const { breaker } = observed({ openWhen: failureCount(2), window: tumblingWindow() });
    breaker.acquire().settle('failure', 5);
    breaker.trip();
    breaker.reset();
    breaker.acquire().settle('failure', 5);
    expect(breaker.metrics().failures).toBe(1);
    breaker.acquire().settle('failure', 5);
    expect(breaker.state).toBe('open');
  });

  it.each([
    ['nothing', 0, 'got 0'],
    ['a string, even of digits', '10' as never, "got '10'"],
  ])('refuses a length of %s', (_what, length, got) => {
    expect(() => tumblingWindow(length)).toThrow(
      `tumblingWindow must be a number of milliseconds greater than 0, ${got}`,
    );
  });
});
