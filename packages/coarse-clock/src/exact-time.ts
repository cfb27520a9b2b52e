import type { Instant } from '@switchgear/core';

/** The runtime's monotonic time. Looked up at each reading, which is rare here, so that a test can replace it. */
export function exactTime(): Instant {
  const { performance = Date } = globalThis as { performance?: { now(): Instant } };
  return performance.now();
}
