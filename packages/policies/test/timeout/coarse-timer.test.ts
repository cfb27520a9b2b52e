import { describe, expect, it, vi } from 'vitest';
import { DerivedCall } from '../../src/call/derived-call.ts';
import { CoarseList } from '../../src/time/coarse-timer.ts';
import type { HostTime } from '../../src/time/host.ts';

/** Timers and a clock that the test controls: the interval may fire late, as in a busy process. */
function manualTime() {
  let now = 0;
  let interval: { ms: number; act: () => void } | undefined;
  const time = {
    ...globalThis,
    clock: performance,
    now: () => now,
    setInterval: (act: () => void, ms: number) => {
      interval = { ms, act };
      return interval;
    },
    clearInterval: (given: unknown) => {
      if (given === interval) interval = undefined;
    },
  } as unknown as HostTime;
  return {
    time,
    get step() {
      return interval?.ms;
    },
    /** Moves the clock and fires the interval. */
    check(after: number = interval?.ms ?? 0) {
      now += after;
      interval?.act();
    },
    get now() {
      return now;
    },
  };
}

function addCall(list: CoarseList): { over: boolean; readonly call: DerivedCall } {
  const state = { over: false };
  const limit = { abandoned: 0, errorFor: () => new Error('late') };
  const call = new DerivedCall(undefined, limit, list, () => {
    state.over = true;
  });
  return Object.assign(state, { call });
}

describe('the timer that calls share', () => {
  it.each([10, 32, 100, 320, 1_000, 60_000])(
    'ends a wait of %i ms never early, and late by two of its steps at most',
    (limit) => {
      const manual = manualTime();
      const list = new CoarseList(limit, manual.time);
      addCall(list);
      manual.check((manual.step ?? 0) * 0.7);
      const begun = manual.now;
      const mine = addCall(list);
      while (!mine.over) manual.check();
      const took = manual.now - begun;
      expect(took).toBeGreaterThanOrEqual(limit);
      expect(took).toBeLessThanOrEqual(limit + 2 * Math.max(1, Math.min(25, limit / 32)));
    },
  );

  it('expires no call because the process was busy: it checks twice', () => {
    const manual = manualTime();
    const list = new CoarseList(320, manual.time);
    const mine = addCall(list);
    manual.check();
    manual.check(5_000);
    expect(mine.over).toBe(false);
    manual.check();
    expect(mine.over).toBe(true);
  });

  it('takes the shortest step of its lists, and stops when they are empty', () => {
    const manual = manualTime();
    const slow = addCall(new CoarseList(60_000, manual.time));
    expect(manual.step).toBe(25);
    const quick = addCall(new CoarseList(64, manual.time));
    expect(manual.step).toBe(2);
    slow.call.end();
    quick.call.end();
    manual.check();
    expect(manual.step).toBeUndefined();
  });

  it('is another where a test has put other timers in place', () => {
    const list = new CoarseList(100, { ...manualTime().time, setTimeout: globalThis.setTimeout });
    expect(list.isCurrent()).toBe(true);
    vi.useFakeTimers();
    expect(list.isCurrent()).toBe(false);
    vi.useRealTimers();
    expect(list.isCurrent()).toBe(true);
  });

  it('is another where Bun has put the same timers to sleep', () => {
    vi.stubGlobal('Bun', {});
    const list = new CoarseList(100, { ...manualTime().time, setTimeout: globalThis.setTimeout });
    const asleep = Object.assign(globalThis.setTimeout, { clock: {} }) as { clock?: object };
    try {
      expect(list.isCurrent()).toBe(false);
    } finally {
      delete asleep.clock;
      vi.unstubAllGlobals();
    }
  });
});
