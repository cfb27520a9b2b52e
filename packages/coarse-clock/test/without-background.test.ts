import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { steppedTime } from '../src/stepped-time.ts';

let time = 0;

beforeEach(() => {
  time = 0;
  vi.stubGlobal('performance', { now: () => time });
});
afterEach(() => vi.unstubAllGlobals());

/** Each reading is the time of that moment. */
function expectExact(now: () => number): void {
  for (let i = 0; i < 3_000; i++) {
    time += 0.25;
    expect(now()).toBe(time);
  }
}

it('in a browser, whose timers cannot be told not to matter, each reading is exact and no timer stays', () => {
  const running = new Set<number>();
  vi.stubGlobal('setInterval', () => {
    running.add(7);
    return 7;
  });
  vi.stubGlobal('clearInterval', (timer: number) => running.delete(timer));
  expectExact(steppedTime(20));
  expect(running.size).toBe(0);
});

it('a browser is asked for a timer once, not at each reading', () => {
  const setInterval = vi.fn(() => 7);
  vi.stubGlobal('setInterval', setInterval);
  expectExact(steppedTime(20));
  expect(setInterval).toHaveBeenCalledTimes(1);
});

it('on Workers, where a timer ends with its request, each reading is exact and no timer is asked for', () => {
  vi.stubGlobal('navigator', { userAgent: 'Cloudflare-Workers' });
  vi.stubGlobal('setInterval', () => {
    throw new Error('Disallowed operation called within global scope');
  });
  expectExact(steppedTime(20));
});

it('in an engine without timers each reading is exact', () => {
  vi.stubGlobal('setInterval', undefined);
  expectExact(steppedTime(20));
});

it('in an engine without performance the wall time is read, and it stands still while it is set back', () => {
  vi.stubGlobal('performance', undefined);
  vi.stubGlobal('setInterval', undefined);
  const wall = vi.spyOn(Date, 'now').mockReturnValue(5_000);
  const now = steppedTime(20);
  expect(now()).toBe(5_000);
  wall.mockReturnValue(4_000);
  expect(now()).toBe(5_000);
  wall.mockRestore();
});

it('on a Deno that numbers its timers, the timer keeps no process alive', () => {
  const unrefTimer = vi.fn();
  vi.stubGlobal('Deno', { unrefTimer });
  vi.stubGlobal('setInterval', () => 7);
  const now = steppedTime(20);
  now();
  time = 5;
  expect(now()).toBe(0);
  expect(unrefTimer).toHaveBeenCalledWith(7);
});
