import { describe, expect, it } from 'vitest';
import { packagesMeetAtTheDoor } from '../../src/laws/packages-meet-at-the-door.ts';
import { brokenBy, manifest } from './broken-by.ts';

const workspace = { '@switchgear/core': 'workspace:^', '@switchgear/testkit': 'workspace:*' };
const packages = {
  'packages/core/package.json': manifest('@switchgear/core', {
    exports: {
      '.': { '@switchgear/source': './src/index.ts' },
      './testing': { '@switchgear/source': './src/testing/index.ts' },
    },
  }),
  'packages/host/package.json': manifest('@switchgear/host', {
    dependencies: workspace,
    peerDependencies: { host: '1' },
  }),
  'packages/testkit/package.json': manifest('@switchgear/testkit', { private: true }),
  'apps/shop/package.json': manifest('@switchgear/shop', { private: true, dependencies: workspace }),
};

function containing(path: string, text: string): string[] {
  return brokenBy(packagesMeetAtTheDoor, { ...packages, [path]: text }).map((each) => each.replace(/^\S+ /, ''));
}

describe('packages meet at the door', () => {
  it.each([
    [
      'a relative path into another package',
      '../../core/src/index.ts',
      'packages/core/src/index.ts is outside this package',
    ],
    ['a path into the tests', '../test/x.ts', 'packages/host/test/x.ts is outside this package'],
    ['a file inside a package', '@switchgear/core/dist/index.js', 'is not an entry point that this package may use'],
    ['a private package', '@switchgear/testkit', 'is not an entry point that this package may use'],
    ['a part of core', '@switchgear/core/testing', 'import @switchgear/core, not a part of it'],
    ['a package not declared', 'left-pad', 'left-pad is neither a dependency nor a peer'],
    ['what Workers alone have', 'cloudflare:workers', 'cloudflare:workers is neither a dependency nor a peer'],
    ['the code of a host', 'host', 'host is a host: import its types only'],
    ['itself by name', '@switchgear/host', 'imports itself by name'],
  ])('an adapter imports %s: broken', (_case, specifier, what) => {
    expect(containing('packages/host/src/index.ts', `import { x } from '${specifier}';`)).toEqual([
      expect.stringContaining(what),
    ]);
  });

  it('an adapter imports core by name and the types of its host: kept', () => {
    const text = `import type { Host } from 'host'; import { classifyWith } from '@switchgear/core'; export * from '@switchgear/core';`;
    expect(containing('packages/host/src/index.ts', text)).toEqual([]);
  });

  it('the published kit for tests imports what tests use of core: kept', () => {
    const text = `import { manualClock } from '@switchgear/core/testing';`;
    const kit = manifest('@switchgear/testkit', { dependencies: workspace });
    const files = { ...packages, 'packages/testkit/package.json': kit, 'packages/testkit/src/index.ts': text };
    expect(brokenBy(packagesMeetAtTheDoor, files)).toEqual([]);
  });

  it('core imports Node: broken', () => {
    expect(containing('packages/core/src/index.ts', `import 'node:fs';`)).toEqual(['core runs where Node is not']);
  });

  it('an app imports a file inside a package: broken', () => {
    expect(containing('apps/shop/src/main.ts', `import { x } from '@switchgear/core/src/index.ts';`)).toHaveLength(1);
    expect(
      containing('apps/shop/src/main.ts', `import { x } from '../../../packages/core/src/index.ts';`),
    ).toHaveLength(1);
  });

  it('an app imports entry points: kept', () => {
    const text = `import { x } from '@switchgear/core/testing'; import { y } from '@switchgear/testkit';`;
    expect(containing('apps/shop/src/main.ts', text)).toEqual([]);
  });

  it('an app may import what Workers have', () => {
    expect(containing('apps/shop/src/worker.ts', `import { env } from 'cloudflare:workers';`)).toEqual([]);
  });
});
