import type { Millis } from '@switchgear/core';

/**
 * The timers and the clock in place now: the runtime's own, or those a test has put there. Code that starts a timer keeps
 * them together, because a timer must be cleared by the API that made it and measured by the clock it began with. Call
 * them as plain functions: browsers reject timer functions called as methods of anything but the window.
 */
export interface HostTime extends Pick<typeof globalThis, Timers> {
  /** Monotonic milliseconds. */
  readonly now: () => Millis;

  /** What `now` was taken from. */
  readonly clock: { now(): Millis };
}

type Timers = 'setTimeout' | 'clearTimeout' | 'setInterval' | 'clearInterval';

let found: HostTime | undefined;

/** The present timers and clock. The same object is returned until one of them is replaced. */
export function hostTime(): HostTime {
  const { setTimeout, clearTimeout, setInterval, clearInterval, performance: clock = Date } = globalThis;
  // Some engines have no timers at all: these are then undefined.
  if (found && found.setTimeout === setTimeout && found.setInterval === setInterval && found.clock === clock)
    return found;
  const { now } = clock;
  found = { setTimeout, clearTimeout, setInterval, clearInterval, clock, now: () => now.call(clock) };
  return found;
}

/**
 * Whether these are the runtime's own, whose timers keep running on a moving clock. A test's may be cleared, stopped or
 * removed at any moment. Those of sinon (used by vitest and jest) and of Bun carry a `clock`; all others have different
 * function names, or none.
 */
export function isRuntimesOwn({ setTimeout, setInterval, clock }: HostTime): boolean {
  if (isFake(setTimeout) || isFake(setInterval) || isFake(clock)) return false;
  return setTimeout.name === 'setTimeout' && setInterval.name === 'setInterval';
}

/** Whether sinon installed it, or Bun switched it to fake time: Bun keeps the same function and adds `clock`. */
export function isFake(timer: object): boolean {
  return 'clock' in timer;
}

/** Monotonic milliseconds. Looked up at each reading, so that a test's fake timers are seen. */
export function now(): Millis {
  return hostTime().now();
}

/**
 * Calls `act` once, after `ms` milliseconds, on a timer that does not keep the process alive.
 *
 * @returns a function that cancels the timer
 */
export function callAfter(ms: Millis, act: () => void): () => void {
  const { setTimeout, clearTimeout } = hostTime();
  const timer = unreferenced(setTimeout(act, ms));
  return () => clearTimeout(timer);
}

/** The timer, told not to keep the process alive. Node, Bun and Deno support this; elsewhere it changes nothing. */
export function unreferenced<Timer>(timer: Timer): Timer {
  const { unref } = Object(timer) as { unref?: () => void };
  if (unref) unref.call(timer);
  else (globalThis as { Deno?: { unrefTimer?(timer: unknown): void } }).Deno?.unrefTimer?.(timer);
  return timer;
}

/** Whether a timer belongs to the request that started it and dies with it, as on Cloudflare Workers. */
export function timersBelongToRequests(): boolean {
  return globalThis.navigator?.userAgent === 'Cloudflare-Workers';
}

/**
 * A function that runs `act` in the present AsyncLocalStorage context, regardless of its caller. It is for callbacks run by a shared
 * timer or by a user's scheduler. A promise reaction keeps its context on every runtime, so no runtime-specific module is
 * needed; `act` runs one microtask after the call, once.
 *
 * On Workers a promise belongs to a request: do not hand the function to another one there.
 */
export function inThisContext(act: () => void): () => void {
  let run!: () => void;
  void new Promise<void>((resolve) => {
    run = resolve;
  }).then(act);
  return run;
}
