import type { Instant } from '@switchgear/core';

/** The runtime's own monotonic time, looked up at each reading: it is not often read here, and a test's fake is seen. */
export function exactTime(): Instant {
  const { performance = Date } = globalThis as { performance?: { now(): Instant } };
  return performance.now();
}
