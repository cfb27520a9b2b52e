import { expect, it } from 'vitest';
import { why } from '../src/page/circuit/logbook.ts';

it('the reason of a move says what was seen, and leaves the time of the next attempt to the page', () => {
  const evidence = { failures: 6, calls: 9, failureRate: 2 / 3, limit: 0.5 };
  expect(why({ rule: 'failureRate', at: 0, nextAttemptAt: 3_000, evidence })).toBe(
    '6 of 9 calls failed (66.7 %, the limit is 50 %).',
  );
});
