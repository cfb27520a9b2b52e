import { describe, expect, it } from 'vitest';
import { importsGoDown } from '../../src/laws/imports-go-down.ts';
import { brokenBy } from './broken-by.ts';

function importing(folder: string, specifier: string): string[] {
  return brokenBy(importsGoDown, { [`packages/core/src/${folder}/x.ts`]: `\nimport { y } from '${specifier}';` });
}

describe('imports go down', () => {
  it.each([
    ['a lower layer imports a higher one', 'rules', '../breaker/y.ts', 'rules/ may not import breaker/'],
    ['neighbours import each other', 'rules', '../recover/y.ts', 'rules/ may not import recover/'],
    ['a detector imports the machine', 'detector', '../machine/y.ts', 'detector/ may not import machine/'],
    ['testing imports more than words', 'testing', '../breaker/y.ts', 'testing/ may not import breaker/'],
    ['a layer imports testing', 'breaker', '../testing/y.ts', 'breaker/ may not import testing/'],
    ['a layer imports the index', 'breaker', '../index.ts', 'packages/core/src/index.ts is outside every layer'],
    ['core imports a package', 'breaker', 'left-pad', 'core imports left-pad, but has no dependencies'],
    ['core imports Node', 'breaker', 'node:timers', 'core imports node:timers, but has no dependencies'],
  ])('%s: broken', (_case, folder, specifier, what) => {
    expect(importing(folder, specifier)).toEqual([`packages/core/src/${folder}/x.ts:2 ${what}`]);
  });

  it.each([
    ['a higher layer imports a lower one', 'breaker', '../vocabulary/y.ts'],
    ['a file imports its neighbour', 'rules', './y.ts'],
    ['testing imports words', 'testing', '../vocabulary/y.ts'],
  ])('%s: kept', (_case, folder, specifier) => {
    expect(importing(folder, specifier)).toEqual([]);
  });

  it('a type import, a re-export, import() and a type of import() are imports too', () => {
    const text = [
      `import type { A } from '../breaker/a.ts';`,
      `export { b } from '../breaker/b.ts';`,
      `const c = () => import('../breaker/c.ts');`,
      `type D = import('../breaker/d.ts').D;`,
    ].join('\n');
    expect(brokenBy(importsGoDown, { 'packages/core/src/window/x.ts': text })).toHaveLength(4);
  });

  it('a folder in no layer is broken', () => {
    expect(brokenBy(importsGoDown, { 'packages/core/src/stuff/x.ts': '' })).toEqual([
      'packages/core/src/stuff/x.ts stuff/ is in no layer',
    ]);
  });
});
