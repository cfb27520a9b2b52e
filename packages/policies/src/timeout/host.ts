import type { Millis } from '@switchgear/core';

/**
 * The timers and the clock that are there now: the runtime's, or those that a test has put in their place. Whoever starts a
 * timer keeps them together: a timer is cleared by whoever made it, and timed by the clock that was there at its beginning.
 * Call them as functions: browsers refuse them as methods of anything but the window.
 */
export interface HostTime extends Pick<typeof globalThis, Timers> {
  /** Monotonic milliseconds. */
  readonly now: () => Millis;

  /** What `now` was taken from. */
  readonly clock: { now(): Millis };
}

type Timers = 'setTimeout' | 'clearTimeout' | 'setInterval' | 'clearInterval';

let found: HostTime | undefined;

/** The time as it is here and now. While nobody replaces timers or clock it is the same object. */
export function hostTime(): HostTime {
  const { setTimeout, clearTimeout, setInterval, clearInterval, performance: clock = Date } = globalThis;
  // There are engines that have none of them.
  if (found && found.setTimeout === setTimeout && found.setInterval === setInterval && found.clock === clock)
    return found;
  const { now } = clock;
  found = { setTimeout, clearTimeout, setInterval, clearInterval, clock, now: () => now.call(clock) };
  return found;
}

/**
 * Whether these are the runtime's own: a timer that runs on, and a clock that moves with it. A test's may be cleared, stand
 * still and be gone at any moment. Those of sinon, which are vitest's and jest's too, and of Bun carry their `clock`; all
 * others have names of their own, or none.
 */
export function isRuntimesOwn({ setTimeout, setInterval, clock }: HostTime): boolean {
  if (isFake(setTimeout) || isFake(setInterval) || isFake(clock)) return false;
  return setTimeout.name === 'setTimeout' && setInterval.name === 'setInterval';
}

/** Whether sinon or Bun have put it there, or have put it to sleep: Bun's is the same function. */
export function isFake(timer: object): boolean {
  return 'clock' in timer;
}

/** Monotonic milliseconds. Looked up at each reading, so a test's fake timers are seen. */
export function now(): Millis {
  return hostTime().now();
}

/**
 * Does something once, after a while, on a timer that keeps no process alive.
 *
 * @returns what keeps it from happening
 */
export function later(ms: Millis, act: () => void): () => void {
  const { setTimeout, clearTimeout } = hostTime();
  const timer = keepsNobodyAlive(setTimeout(act, ms));
  return () => clearTimeout(timer);
}

/** The timer, told not to keep the process alive where a timer could: Node, Bun and Deno know how. */
export function keepsNobodyAlive<Timer>(timer: Timer): Timer {
  const { unref } = Object(timer) as { unref?: () => void };
  if (unref) unref.call(timer);
  else (globalThis as { Deno?: { unrefTimer?(timer: unknown): void } }).Deno?.unrefTimer?.(timer);
  return timer;
}

/** Whether a timer belongs to the request that started it, and dies with it. On Cloudflare Workers it does. */
export function timersBelongToRequests(): boolean {
  return globalThis.navigator?.userAgent === 'Cloudflare-Workers';
}
