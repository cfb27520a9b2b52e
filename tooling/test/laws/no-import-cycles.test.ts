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
      'packages/core/src/a.ts imports itself: packages/core/src/a.ts > packages/core/src/b.ts > packages/core/src/c.ts > packages/core/src/a.ts',
    ]);
  });

  it('two ways to one file are no cycle', () => {
    const diamond = {
      'packages/core/src/a.ts': `import './b.ts'; import './c.ts';`,
      'packages/core/src/b.ts': `import './d.ts';`,
      'packages/core/src/c.ts': `import './d.ts';`,
      'packages/core/src/d.ts': '',
    };
    expect(brokenBy(noImportCycles, diamond)).toEqual([]);
  });
});
