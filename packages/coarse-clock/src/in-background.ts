import type { Millis } from '@switchgear/core';

/** As much as we use of what some runtimes have and others lack. */
interface Surroundings {
  setInterval?(run: () => void, ms: Millis): unknown;
  clearInterval(timer: unknown): void;
  readonly Deno?: { unrefTimer?(timer: unknown): void };
  readonly navigator?: { readonly userAgent?: string };
}

/**
 * Runs something every so many milliseconds, and keeps no process alive by it.
 *
 * @returns what ends it, or nothing where timers are not for the background: a Worker's belong to one request and end
 *   with it, unnoticed; a browser slows them down in a page that is not looked at; a bare engine has none
 */
export function inBackground(run: () => void, ms: Millis): (() => void) | undefined {
  const here = globalThis as unknown as Surroundings;
  if (!here.setInterval || here.navigator?.userAgent === 'Cloudflare-Workers') return undefined;
  const timer = here.setInterval(run, ms);
  const stop = (): void => here.clearInterval(timer);
  // Where a timer can be told not to keep the process alive there is a process, and nobody slows its timers down.
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
