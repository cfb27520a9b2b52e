import { describe, expect, it } from 'vitest';
import { noImportCycles } from '../../src/laws/no-import-cycles.ts';
import { brokenBy } from './broken-by.ts';

describe('no import cycles', () => {
  it('three files in a ring are broken once, also when one import is of types', () => {
    const ring = {
      'packages/core/src/a.ts': `import { b } from './b.ts';`,
      'packages/core/src/b.ts': `import type { c } from './c.ts';`,
      'packages/core/src/c.ts': `export { a } from './a.ts';`,
    };
    expect(brokenBy(noImportCycles, ring)).toEqual([
      'packages/core/src imports go round: a.ts > b.ts > c.ts > a.ts (a.ts imports b.ts, b.ts imports c.ts, c.ts imports a.ts)',
    ]);
  });

  it.each([
    'apps/shop/src',
    'bench/protection/src',
    'packages/core/src',
    'packages/dashboard/page',
    'runtime-tests/src',
    'tooling/src',
  ])('two folders of %s that import each other, by different files and for types alone, are broken', (folder) => {
    const circle = {
      [`${folder}/a/one.ts`]: `import type { T } from '../b/one.ts';`,
      [`${folder}/b/deep/two.tsx`]: `type T = import('../../a/two.ts').T;`,
    };
    expect(brokenBy(noImportCycles, circle)).toEqual([
      `${folder} imports go round: a > b > a (a/one.ts imports b/one.ts, b/deep/two.tsx imports a/two.ts)`,
    ]);
  });

  it('a file and the folder beside it that import each other are broken', () => {
    const circle = {
      'packages/core/src/a.ts': `import './b/one.ts';`,
      'packages/core/src/b/two.ts': `import '../a.ts';`,
    };
    expect(brokenBy(noImportCycles, circle)).toHaveLength(1);
  });

  it('two ways to one file are no cycle, nor are neighbours inside a folder that others import', () => {
    const diamond = {
      'packages/core/src/a.ts': `import './b/b.ts'; import './c/c.ts';`,
      'packages/core/src/b/b.ts': `import './inside.ts'; import '../d.ts';`,
      'packages/core/src/c/c.ts': `import '../b/inside.ts'; import '../d.ts';`,
    };
    expect(brokenBy(noImportCycles, diamond)).toEqual([]);
  });

  it('tests may import each other in any order', () => {
    const circle = {
      'packages/core/test/a/one.ts': `import '../b/one.ts';`,
      'packages/core/test/b/two.ts': `import '../a/two.ts';`,
    };
    expect(brokenBy(noImportCycles, circle)).toEqual([]);
  });
});
