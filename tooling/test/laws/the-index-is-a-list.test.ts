import { describe, expect, it } from 'vitest';
import { theIndexIsAList } from '../../src/laws/the-index-is-a-list.ts';
import { brokenBy } from './broken-by.ts';

describe('the index is a list', () => {
  it.each([
    ['everything of a file', 'index.ts', `export * from './breaker.ts';`],
    ['a declaration in an index', 'index.ts', 'export const version = 1;'],
    ['a re-export in another file', 'breaker.ts', `export { a } from './a.ts';`],
  ])('%s: broken', (_case, file, text) => {
    expect(brokenBy(theIndexIsAList, { [`packages/axios/src/${file}`]: text })).toHaveLength(1);
  });

  it('names, and core whole: kept', () => {
    const text = `export * from '@switchgear/core'; export { type A, b } from './b.ts';`;
    expect(brokenBy(theIndexIsAList, { 'packages/axios/src/index.ts': text })).toEqual([]);
  });
});
