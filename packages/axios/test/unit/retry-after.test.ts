import { describe, expect, it } from 'vitest';
import { parseRetryAfter } from '../../src/retry-after.ts';

const NOW = Date.UTC(2026, 0, 1, 12, 0, 0);

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
    ['a list says nothing', ['5'], undefined],
    ['NaN says nothing', Number.NaN, undefined],
  ])('%s', (_rule, header, ms) => {
    expect(parseRetryAfter(header, NOW)).toBe(ms);
  });
});
