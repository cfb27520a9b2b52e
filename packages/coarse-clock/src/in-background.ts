import type { Millis } from '@switchgear/core';

/** The parts of the global object that we use and that not every runtime has. */
interface Surroundings {
  setInterval?(run: () => void, ms: Millis): unknown;
  clearInterval(timer: unknown): void;
  readonly Deno?: { unrefTimer?(timer: unknown): void };
  readonly navigator?: { readonly userAgent?: string };
}

/**
 * Calls a function at a fixed interval, in milliseconds, without keeping the process alive.
 *
 * @returns a function that stops it, or `undefined` where timers do not run in the background: a Worker's timer ends
 *   silently with its request, a browser throttles the timers of hidden pages, and a bare engine has no timers
 */
export function inBackground(run: () => void, ms: Millis): (() => void) | undefined {
  const here = globalThis as unknown as Surroundings;
  if (!here.setInterval || here.navigator?.userAgent === 'Cloudflare-Workers') return undefined;
  const timer = here.setInterval(run, ms);
  const stop = (): void => here.clearInterval(timer);
  // Only processes have timers that can be unref'd, and only there are timers not throttled.
  if (!unref(timer, here.Deno)) {
    stop();
    return undefined;
  }
  return stop;
}

function unref(timer: unknown, Deno: Surroundings['Deno']): boolean {
  const { unref } = Object(timer) as { unref?: () => void };
  if (unref) unref.call(timer);
  else if (Deno?.unrefTimer) Deno.unrefTimer(timer);
  else return false;
  return true;
}
