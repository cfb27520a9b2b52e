import { describe, expect, it } from 'vitest';
import { filesAreSmall, MOST_LINES } from '../../src/laws/files-are-small.ts';
import { brokenBy } from './broken-by.ts';

describe('files are small', () => {
  it('at the limit: kept; one line over: broken', () => {
    const lines = (count: number) => ({ 'packages/core/src/x.ts': 'x;\n'.repeat(count) });
    expect(brokenBy(filesAreSmall, lines(MOST_LINES))).toEqual([]);
    expect(brokenBy(filesAreSmall, lines(MOST_LINES + 1))).toEqual(['packages/core/src/x.ts 151 lines']);
  });

  it('tests may be long', () => {
    expect(brokenBy(filesAreSmall, { 'packages/core/test/x.test.ts': 'x;\n'.repeat(1_000) })).toEqual([]);
  });
});
