import { describe, expect, it } from 'vitest';
import { lastLine, single, sum } from '../../src/test-run/tally.ts';

const tallies = [
  single('lint', true),
  single('types', false),
  { name: 'core', passed: 10, failed: 2, skipped: ['core needs a server'] },
];

describe('the tally', () => {
  it('ends in one line with the sum over everything', () => {
    expect(lastLine(sum(tallies, false))).toBe('11 passed, 3 failed');
  });

  it('what did not run is a failure where skips fail, and is named everywhere', () => {
    expect(lastLine(sum(tallies, true))).toBe('11 passed, 4 failed');
    expect(sum(tallies, false).skipped).toEqual(['core needs a server']);
  });
});
