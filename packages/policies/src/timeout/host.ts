/** Monotonic milliseconds. Looked up at each reading, so a test's fake timers are seen. */
export function now(): number {
  return (globalThis.performance ?? Date).now();
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
