import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { parseRetryAfter } from '../../src/http/retry-after.ts';

const NOW = Date.UTC(2026, 0, 1, 12, 0, 0);
const DAY = 86_400_000;

describe('Retry-After', () => {
  it.each<[rule: string, header: unknown, ms: number | undefined]>([
    ['seconds are seconds', '120', 120_000],
    ['zero is now', '0', 0],
    ['a fraction is rounded up to whole milliseconds', '0.0005', 1],
    ['space around it does not matter', ' 7 ', 7_000],
    ['a number is as good as its text', 7, 7_000],
    ['an HTTP date is counted from the wall clock', 'Thu, 01 Jan 2026 12:00:30 GMT', 30_000],
    ['the old forms of an HTTP date are known', 'Thursday, 01-Jan-26 12:00:30 GMT', 30_000],
    ['a date in the past is now', 'Wed, 31 Dec 2025 12:00:00 GMT', 0],
    ['a number too large to count stays a number', '9'.repeat(400), Number.MAX_SAFE_INTEGER],
    ['a negative number says nothing, though Date.parse reads it as a year', '-5', undefined],
    ['words say nothing', 'soon 5', undefined],
    ['a day of the week alone says nothing', 'Monday', undefined],
    ['an empty header says nothing', '', undefined],
    ['no header says nothing', undefined, undefined],
    ['null says nothing', null, undefined],
    ['a list says what its one line says', ['5'], 5_000],
    ['a header that came twice, as a list: the longest counts', ['5', '120'], 120_000],
    ['a header that came twice, joined: the longest counts', '120, 5', 120_000],
    ['joined without a space', '5,120,7', 120_000],
    ['twice the same', '30, 30', 30_000],
    ['a date and seconds joined', 'Thu, 01 Jan 2026 12:00:30 GMT, 5', 30_000],
    ['dates joined', 'Thu, 01 Jan 2026 12:00:05 GMT, Thu, 01 Jan 2026 12:00:30 GMT', 30_000],
    ['an asctime date joined', '5, Thu Jan  1 12:00:30 2026', 30_000],
    ['dates as a list', ['Thursday, 01-Jan-26 12:00:30 GMT', 'Thu Jan  1 12:00:05 2026'], 30_000],
    ['one line of a list is joined itself', ['5, 7', 6], 7_000],
    ['beside what makes no sense the rest counts', 'soon, 5, , x', 5_000],
    ['in a list too', [undefined, {}, 'soon', '5', ['7']], 5_000],
    ['an empty list says nothing', [], undefined],
    ['commas alone say nothing', ',,,', undefined],
    ['a million commas say nothing', ','.repeat(1_000_000), undefined],
    ['a million days say nothing', 'Mon,'.repeat(1_000_000), undefined],
    ['an object says nothing', { 'retry-after': 5 }, undefined],
    ['NaN says nothing', Number.NaN, undefined],
  ])('%s', (_rule, header, ms) => {
    expect(parseRetryAfter(header, NOW)).toBe(ms);
  });
});

/** Every form of RFC 9110 at the same instant, half a minute from now, and its like at other times of the year. */
const dates: [form: string, header: string, ms: number | undefined][] = [
  ['IMF-fixdate', 'Thu, 01 Jan 2026 12:00:30 GMT', 30_000],
  ['IMF-fixdate in summer', 'Wed, 01 Jul 2026 12:00:00 GMT', 181 * DAY],
  ['IMF-fixdate without its zone', 'Thu, 01 Jan 2026 12:00:30', 30_000],
  ['IMF-fixdate in UTC by another name', 'Thu, 01 Jan 2026 12:00:30 +0000', 30_000],
  ['IMF-fixdate in small letters', 'thu, 01 jan 2026 12:00:30 gmt', 30_000],
  ['IMF-fixdate with the wrong day of the week', 'Mon, 01 Jan 2026 12:00:30 GMT', 30_000],
  ['RFC 850', 'Thursday, 01-Jan-26 12:00:30 GMT', 30_000],
  ['RFC 850 with four figures for the year', 'Thursday, 01-Jan-2026 12:00:30 GMT', 30_000],
  ['RFC 850, a year of two figures up to 50 years ahead', 'Wednesday, 01-Jan-76 12:00:00 GMT', 18_262 * DAY],
  ['RFC 850, a year of two figures more than 50 years ahead is past', 'Thursday, 01-Jan-76 12:00:01 GMT', 0],
  ['RFC 850, a year of two figures in the past', 'Sunday, 06-Nov-94 08:49:37 GMT', 0],
  ['asctime', 'Thu Jan  1 12:00:30 2026', 30_000],
  ['asctime in summer', 'Wed Jul  1 12:00:00 2026', 181 * DAY],
  ['asctime, a day of two figures', 'Wed Jan 21 12:00:00 2026', 20 * DAY],
  ['asctime with a nought for the space', 'Thu Jan 01 12:00:30 2026', 30_000],
  ['asctime that says GMT', 'Thu Jan  1 12:00:30 2026 GMT', 30_000],
  ['a leap second', 'Thu, 01 Jan 2026 12:00:60 GMT', 60_000],
  ['the 29th of February of a leap year', 'Tue, 29 Feb 2028 12:00:00 GMT', 789 * DAY],
  ['the 29th of February of another year', 'Sun, 29 Feb 2026 12:00:00 GMT', undefined],
  ['the 31st of April', 'Fri Apr 31 12:00:00 2026', undefined],
  ['the day nought', 'Thu, 00 Jan 2026 12:00:30 GMT', undefined],
  ['the 25th hour', 'Thu, 01 Jan 2026 24:00:30 GMT', undefined],
  ['the 61st minute', 'Thu Jan  1 12:60:30 2026', undefined],
  ['the 62nd second', 'Thu Jan  1 12:00:61 2026', undefined],
  ['an unknown month', 'Thu, 01 Foo 2026 12:00:30 GMT', undefined],
  ['a month that is a name of every object', 'Thu, 01 __p 2026 12:00:30 GMT', undefined],
  ['an unknown weekday', 'Foo, 01 Jan 2026 12:00:30 GMT', undefined],
  ['a zone that HTTP does not have', 'Thu, 01 Jan 2026 12:00:30 PST', undefined],
  ['text behind it', 'Thu, 01 Jan 2026 12:00:30 GMT or so', undefined],
  ['a date of another kind', '2026-01-01T12:00:30Z', undefined],
  ['a date of another kind without a zone', 'Jan 1, 2026 12:00:30', undefined],
];

describe('a date in Retry-After', () => {
  it.each(dates)('%s', (_form, header, ms) => {
    expect(parseRetryAfter(header, NOW)).toBe(ms);
  });

  it('with a two-digit year is at most 50 years ahead and 50 years past, whenever it is read', () => {
    for (const now of [1994, 1999, 2000, 2026, 2049, 2050, 2051, 2099, 2100].map((year) => Date.UTC(year, 5, 15))) {
      const year = new Date(now).getUTCFullYear();
      for (const ahead of [-49, -1, 1, 49]) {
        const figures = String((year + ahead) % 100).padStart(2, '0');
        const instant = Date.UTC(year + ahead, 5, 15);
        expect(parseRetryAfter(`Monday, 15-Jun-${figures} 00:00:00 GMT`, now)).toBe(Math.max(0, instant - now));
      }
    }
  });

  // A separate process for each zone, which must be able to read the source.
  it.runIf(process.features.typescript)('is in GMT whatever the zone of the process', { timeout: 120_000 }, () => {
    const script = `
      import { parseRetryAfter } from ${JSON.stringify(new URL('../../src/http/retry-after.ts', import.meta.url).href)};
      const said = JSON.parse(process.argv[1]).map((header) => parseRetryAfter(header, ${NOW}) ?? null);
      console.log(JSON.stringify({ offset: new Date(${NOW}).getTimezoneOffset(), said }));`;
    const headers = JSON.stringify(dates.map(([, header]) => header));
    const offsets = ['UTC', 'America/St_Johns', 'Asia/Kolkata', 'Pacific/Kiritimati', 'Europe/Berlin'].map((TZ) => {
      const args = ['--input-type=module', '--eval', script, headers];
      const { offset, said } = JSON.parse(
        execFileSync(process.execPath, args, { encoding: 'utf8', env: { ...process.env, TZ } }),
      );
      expect(said).toEqual(dates.map(([, , ms]) => ms ?? null));
      return offset;
    });
    expect(new Set(offsets).size).toBe(5);
  });
});
