import { describe, expect, it } from 'vitest';
import { apiOf } from '../../src/published/api-report.ts';

function api(files: Readonly<Record<string, string>>): string {
  return apiOf('dist/index.d.ts', (path) => files[path] ?? '');
}

const breaker = `
/** A breaker. */
export interface Breaker {
    /** Its name. */
    readonly name: string;

    run(): void;
}
export declare function createBreaker(name: string): Breaker;
export declare function hidden(): void;
`;

describe('the API report', () => {
  it('lists what the index exports, sorted, without comments', () => {
    const index = `export { createBreaker, type Breaker } from './breaker.ts';`;
    expect(api({ 'dist/index.d.ts': index, 'dist/breaker.d.ts': breaker })).toBe(
      [
        'export interface Breaker {',
        '    readonly name: string;',
        '    run(): void;',
        '}',
        '',
        'export function createBreaker(name: string): Breaker;',
        '',
      ].join('\n'),
    );
  });

  it('a changed signature, a new name and a lost name each change it', () => {
    const index = `export { createBreaker } from './breaker.ts';`;
    const before = api({ 'dist/index.d.ts': index, 'dist/breaker.d.ts': breaker });
    const changed = breaker.replace('name: string)', 'name?: string)');
    expect(api({ 'dist/index.d.ts': index, 'dist/breaker.d.ts': changed })).not.toBe(before);
    expect(
      api({ 'dist/index.d.ts': `${index} export { hidden } from './breaker.ts';`, 'dist/breaker.d.ts': breaker }),
    ).not.toBe(before);
    expect(api({ 'dist/index.d.ts': '', 'dist/breaker.d.ts': breaker })).not.toBe(before);
  });

  it('keeps every overload, and shows when a package is re-exported whole', () => {
    const overloads = 'export declare function f(a: 1): 1;\nexport declare function f(a: 2): 2;';
    const index = `export * from '@switchgear/core'; export { f } from './f.ts';`;
    expect(api({ 'dist/index.d.ts': index, 'dist/f.d.ts': overloads })).toBe(
      `export * from '@switchgear/core'\n\nexport function f(a: 1): 1;\nexport function f(a: 2): 2;\n`,
    );
  });

  it('names what is re-exported from another package, and leaves its declaration to that package', () => {
    const index = `export { type Breaker, createBreaker } from '@switchgear/core';`;
    expect(api({ 'dist/index.d.ts': index })).toBe(
      `export { createBreaker } from '@switchgear/core'\n\nexport { type Breaker } from '@switchgear/core'\n`,
    );
  });

  it('an index that exports a name without a declaration is an error', () => {
    expect(() => api({ 'dist/index.d.ts': `export { gone } from './gone.ts';` })).toThrow('nothing declares gone');
  });
});
