import { afterEach, expect, it, vi } from 'vitest';
import { steppedTime } from '../src/stepped-time.ts';

/** A runtime whose time and timer a test moves by hand, each without the other. */
function surroundings() {
  const world = { time: 0, tick: () => {}, timers: 0 };
  vi.stubGlobal('performance', { now: () => world.time });
  vi.stubGlobal('setInterval', (run: () => void) => {
    world.tick = run;
    world.timers++;
    return { unref() {} };
  });
  vi.stubGlobal('clearInterval', () => world.timers--);
  return world;
}

afterEach(() => vi.unstubAllGlobals());

it('a timer that comes late makes one long step and no lasting error', () => {
  const world = surroundings();
  const now = steppedTime(10);
  expect(now()).toBe(0);
  world.time = 5_007;
  world.tick();
  expect(now()).toBe(5_007);
});

it('the time never goes back', () => {
  const world = surroundings();
  const now = steppedTime(10);
  world.time = 100;
  now();
  world.time = 40;
  world.tick();
  expect(now()).toBe(100);
  world.time = 101;
  world.tick();
  expect(now()).toBe(101);
});

it('in a turn that lets no timer run, many readings notice the time all the same', () => {
  const world = surroundings();
  const now = steppedTime(10);
  expect(now()).toBe(0);
  world.time = 700;
  for (let i = 1; i < 1_024; i++) expect(now()).toBe(0);
  expect(now()).toBe(700);
  expect(world.timers).toBe(1);
});

it('after a stalled turn without readings the timer stops only after half a second of its own without one', () => {
  const world = surroundings();
  const now = steppedTime(10);
  now();
  world.time = 5_000;
  world.tick();
  now();
  expect(world.timers).toBe(1);
});
