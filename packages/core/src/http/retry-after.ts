import type { Millis } from '../vocabulary/time.ts';
import { parseHttpDate } from './http-date.ts';

const SECONDS = /^\d+(\.\d+)?$/;

/** More letters than two headers of any form have: what a line says beyond is not read. */
const LONGEST = 1_000;

/** The day that an HTTP date begins with. The comma behind it parts nothing. */
const DAY = /^(mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}$/i;

/**
 * How long a Retry-After header asks us to stay away, or `undefined` when it does not say. How much of that is heeded is
 * the breaker's own choice (`openFor`). Of a header that came twice, as a list or joined by commas, the longest wait counts.
 *
 * @param value seconds, or an HTTP date in any of its three forms, which are all in GMT; or a list of them
 * @param wall the time now, in milliseconds since 1970
 */
export function parseRetryAfter(value: unknown, wall: Millis): Millis | undefined {
  let longest: Millis | undefined;
  for (const line of Array.isArray(value) ? value : [value]) {
    for (const part of partsOf(line)) {
      const wait = waitOf(part, wall);
      if (wait !== undefined) longest = Math.max(longest ?? 0, wait);
    }
  }
  return longest;
}

/** What one line of the header says, part by part. */
function partsOf(line: unknown): string[] {
  if (typeof line !== 'string' && typeof line !== 'number') return [];
  const parts: string[] = [];
  let day = '';
  for (const piece of String(line).slice(0, LONGEST).split(',')) {
    const text = piece.trim();
    if (DAY.test(text)) {
      day = `${text}, `;
      continue;
    }
    parts.push(day + text);
    day = '';
  }
  return parts;
}

function waitOf(text: string, wall: Millis): Millis | undefined {
  if (SECONDS.test(text)) return Math.min(Math.ceil(Number(text) * 1_000), Number.MAX_SAFE_INTEGER);
  const instant = parseHttpDate(text, wall);
  return instant === undefined ? undefined : Math.max(0, instant - wall);
}
