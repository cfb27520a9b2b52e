import type { Millis } from '../vocabulary/time.ts';

const SECONDS = /^\d+(\.\d+)?$/;

/** More characters than two headers of any form have; the rest of a line is not read. */
const LONGEST = 1_000;

/** The weekday of an HTTP date. The comma after it does not separate list items. */
const WEEKDAY = /^(mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}$/i;

/**
 * Returns how long a Retry-After header asks clients to wait. If the header occurs more than once, as a list or joined by
 * commas, the longest wait counts. How much of it is honoured is up to the breaker's `openFor`.
 *
 * @param value seconds, or an HTTP date in any of its three forms, which are all in GMT; or a list of them
 * @param wall the time now, in milliseconds since 1970
 * @returns milliseconds, at least 0; undefined if the header has no valid value
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

/** The list items of one header line. */
function partsOf(line: unknown): string[] {
  if (typeof line !== 'string' && typeof line !== 'number') return [];
  const parts: string[] = [];
  let day = '';
  for (const piece of String(line).slice(0, LONGEST).split(',')) {
    const text = piece.trim();
    if (WEEKDAY.test(text)) {
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

/** `Sun, 06 Nov 1994 08:49:37 GMT`; also the form of RFC 850, with dashes and a two-digit year. */
const DAY_FIRST =
  /^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}, ?(\d\d?)[ -]([a-z]{3})[ -](\d\d(?:\d\d)?) (\d\d):(\d\d):(\d\d)(?: (?:gmt|utc|z|[+-]0000))?$/i;

/** `Sun Nov  6 08:49:37 1994`, the format of C's `asctime`. */
const MONTH_FIRST =
  /^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6} ([a-z]{3}) {1,2}(\d\d?) (\d\d):(\d\d):(\d\d) (\d{4})(?: (?:gmt|utc|z|[+-]0000))?$/i;

const DAY = 86_400_000;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * The instant of an HTTP date in any of the three forms of RFC 9110 (5.6.7), in milliseconds since 1970; undefined if the
 * text is not such a date. All forms are in GMT, even without a zone, which `Date.parse` would read as the zone of the
 * process.
 *
 * @param wall the time now, which determines the century of a two-digit year
 */
export function parseHttpDate(text: string, wall: Millis): Millis | undefined {
  let [, day, month, year, hours, minutes, seconds] = DAY_FIRST.exec(text) ?? [];
  if (!day) [, month, day, hours, minutes, seconds, year] = MONTH_FIRST.exec(text) ?? [];
  if (!day || !month || !year) return undefined;
  const time = [Number(hours), Number(minutes), Number(seconds)] as const;
  const at = (fullYear: number): Millis | undefined => instantOf(fullYear, month, Number(day), time);
  if (year.length === 4) return at(Number(year));
  // A two-digit year means the latest such year at most 50 years ahead, as RFC 9110 requires.
  const now = yearOf(wall);
  const latest = Math.floor((now + 50) / 100) * 100 + Number(year);
  const instant = at(latest);
  const ahead = newYear(now + 50) + (wall - newYear(now));
  return instant === undefined || instant > ahead ? at(latest - 100) : instant;
}

function instantOf(
  year: number,
  monthName: string,
  day: number,
  [hours, minutes, seconds]: readonly [number, number, number],
): Millis | undefined {
  const month = MONTHS.indexOf(monthName.toLowerCase());
  // Without this check the 30th of February would become a day in March.
  const days = (Date.UTC(year, month + 1) - Date.UTC(year, month)) / DAY;
  if (month < 0 || day < 1 || day > days) return undefined;
  // 23:59:60 is a leap second.
  if (hours > 23 || minutes > 59 || seconds > 60) return undefined;
  return Date.UTC(year, month, day, hours, minutes, seconds);
}

function newYear(year: number): Millis {
  return Date.UTC(year, 0);
}

/** The year of an instant, in GMT: an estimate by the mean length of a year, corrected if it is one off. */
function yearOf(instant: Millis): number {
  const year = 1970 + Math.floor(instant / (365.2425 * DAY));
  return year + Number(instant >= newYear(year + 1)) - Number(instant < newYear(year));
}
