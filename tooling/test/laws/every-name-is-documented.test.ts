import { describe, expect, it } from 'vitest';
import { everyNameIsDocumented } from '../../src/laws/every-name-is-documented.ts';
import { brokenBy } from './broken-by.ts';

function broken(text: string): string[] {
  return brokenBy(everyNameIsDocumented, { 'packages/core/src/x.ts': text });
}

describe('every name is documented', () => {
  it.each([
    ['a function', 'export function f() {}', 'f has no doc comment'],
    ['a constant', 'export const c = 1;', 'c has no doc comment'],
    ['a class', 'export class C {}', 'C has no doc comment'],
    ['a type', 'export type T = 1;', 'T has no doc comment'],
    ['a line comment', '// A function.\nexport function f() {}', 'f has no doc comment'],
    [
      'the comment of something else',
      '/** A constant. */\nconst c = 1;\nexport function f() {}',
      'f has no doc comment',
    ],
    ['an option', '/** Options. */\nexport interface AOptions { readonly b: number }', 'AOptions.b has no doc comment'],
    ['no default', '/** Options. */\nexport interface AOptions {\n/** B. */ b?: 1 }', 'AOptions.b has no @default'],
  ])('%s: broken', (_case, text, what) => {
    expect(broken(text)).toEqual([expect.stringContaining(what)]);
  });

  it('documented names, inner names and options with their defaults: kept', () => {
    const text = `
      /** A. */
      export function a() {}
      function b() {}
      /** Options. */
      export interface COptions {
        /** Required. */
        readonly d: number;
        /**
         * Optional.
         *
         * @default 1
         */
        readonly e?: number;
      }
      export { f } from './f.ts';`;
    expect(broken(text)).toEqual([]);
  });
});
