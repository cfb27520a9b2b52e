import { expect, it } from 'vitest';
import { why } from '../src/page/circuit/why.ts';

it.each([
  [
    { rule: 'failureRate', evidence: { failures: 6, calls: 9, limit: 0.5 } },
    '6 of the last 9 calls failed. The limit is 50\u00a0%.',
  ],
  [
    { rule: 'slowCallRate', evidence: { slow: 5, calls: 9, limit: 0.5, slowerThan: 1_000 } },
    '5 of the last 9 calls took 1 s or longer. The limit is 50\u00a0%.',
  ],
  [{ rule: 'probes', evidence: { calls: 8, failures: 0, slow: 0 } }, '8 probes in a row came back with a tile.'],
  [{ rule: 'probes', evidence: { calls: 1, failures: 1, slow: 0 } }, 'A probe failed: the server is still down.'],
  [{ rule: 'probes', evidence: { calls: 1, failures: 1, slow: 1 } }, 'A probe was slow: the server is not well yet.'],
  [{ rule: 'reset' }, 'The rule reset decided so.'],
])('%o reads as a sentence', (because, sentence) => {
  expect(why({ at: 0, ...because })).toBe(sentence);
});
