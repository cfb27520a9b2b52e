import type { Millis } from '@switchgear/core';

/** Runs callbacks later. The one of `@switchgear/policies` fits. */
export interface Scheduler {
  /** Calls `act` once, after `ms` milliseconds, unless the returned function is called before. */
  after(ms: Millis, act: () => void): () => void;
}

/** The runtime's own timers, which keep no process alive. Looked up at each use, so that a test's are found. */
export const hostScheduler: Scheduler = {
  after(ms, act) {
    const timer = setTimeout(act, ms);
    const { unref } = Object(timer) as { unref?: () => void };
    if (unref) unref.call(timer);
    else (globalThis as { Deno?: { unrefTimer?(timer: unknown): void } }).Deno?.unrefTimer?.(timer);
    return () => clearTimeout(timer);
  },
};

/** Where a timer belongs to the request that started it, as on Cloudflare Workers, there is none. */
export const noScheduler: Scheduler = { after: () => () => {} };

/** The scheduler for the runtime we are on. */
export function ownScheduler(): Scheduler {
  return globalThis.navigator?.userAgent === 'Cloudflare-Workers' ? noScheduler : hostScheduler;
}
