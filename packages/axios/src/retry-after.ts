import type { Millis } from '@switchgear/core';

const SECONDS = /^\d+(\.\d+)?$/;

/** The three forms of an HTTP date begin with a day of the week; `Date.parse` alone would take `-5` for a date. */
const HTTP_DATE = /^(mon|tue|wed|thu|fri|sat|sun)/i;

/**
 * How long a Retry-After header asks us to stay away, or `undefined` when it does not say. How much of that is heeded is
 * the breaker's own choice (`openFor`).
 *
 * @param value seconds, or an HTTP date
 * @param wall milliseconds since 1970
 * @default wall Date.now()
 */
export function parseRetryAfter(value: unknown, wall: Millis = Date.now()): Millis | undefined {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
  if (SECONDS.test(text)) return Math.min(Math.ceil(Number(text) * 1_000), Number.MAX_SAFE_INTEGER);
  const instant = HTTP_DATE.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(instant) ? undefined : Math.max(0, instant - wall);
}
