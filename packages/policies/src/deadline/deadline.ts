import type { Millis } from '@switchgear/core';
import { requireNumber } from '@switchgear/core/adapter';
import { hostTime } from '../timeout/host.ts';

/** By when an answer is wanted. It travels with a call: from layer to layer, and as a header from service to service. */
export interface Deadline {
  /** Milliseconds that are left; 0 when the time is over. */
  remaining(): Millis;
}

/**
 * A deadline from now on.
 *
 * @param ms milliseconds, at least 0
 * @param clock where the time comes from, for tests: monotonic milliseconds
 * @throws {TypeError | RangeError} for milliseconds that are none
 */
export function deadlineIn(ms: Millis, clock: { now(): number } = hostTime()): Deadline {
  requireNumber('deadlineIn', ms, 0);
  const end = clock.now() + ms;
  return { remaining: () => Math.max(0, end - clock.now()) };
}
