import { describe, expect, it } from 'vitest';
import { oneMeaningPerVerb } from '../../src/laws/one-meaning-per-verb.ts';
import { sameMeaning } from '../../src/laws/words.ts';
import { brokenBy } from './broken-by.ts';

/** The functions that may share a name do so here, so that none of them is reported as having one home. */
const shared = Object.keys(sameMeaning).map((name) => `export function ${name}() {}`);
const base = { 'packages/core/src/shared.ts': shared.join('\n'), 'packages/pg/src/shared.ts': shared.join('\n') };

describe('one meaning per verb', () => {
  it.each([
    ['two files of one package', 'packages/core/src/b.ts', 'export function weigh() {}'],
    ['two packages', 'packages/pg/src/b.ts', 'export const weigh = () => 1;'],
    [
      'overloads in another file',
      'packages/pg/src/b.ts',
      'export function weigh(a: 1): 1;\nexport function weigh(a: 1) { return a; }',
    ],
  ])('a function exported from %s: broken', (_case, path, text) => {
    const files = { ...base, 'packages/core/src/a.ts': 'export function weigh() {}', [path]: text };
    expect(brokenBy(oneMeaningPerVerb, files)).toEqual([
      expect.stringMatching(/^packages\/core\/src\/a\.ts:1 weigh: rename it here or in \S+b\.ts:\d, or/),
    ]);
  });

  it.each([
    [
      'overloads in one file',
      'packages/core/src/a.ts',
      'export function weigh(a: 1): 1;\nexport function weigh(a: 2): 2;',
    ],
    ['a function that is not exported', 'packages/core/src/b.ts', 'function weigh() {} export const x = weigh;'],
    ['a type or a constant of that name', 'packages/core/src/b.ts', 'export type weigh = 1; export const weighs = 2;'],
  ])('%s: kept', (_case, path, text) => {
    const files = { ...base, 'packages/core/src/a.ts': 'export function weigh() {}', [path]: text };
    expect(brokenBy(oneMeaningPerVerb, files)).toEqual([]);
  });

  it('a name with a stated meaning that has one home: broken', () => {
    const [first = ''] = Object.keys(sameMeaning);
    expect(brokenBy(oneMeaningPerVerb, { ...base, 'packages/pg/src/shared.ts': shared.slice(1).join('\n') })).toEqual([
      `tooling/src/laws/words.ts ${first} has one home now: remove it from sameMeaning`,
    ]);
  });
});
