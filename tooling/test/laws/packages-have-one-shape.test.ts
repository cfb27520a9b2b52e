import { describe, expect, it } from 'vitest';
import { packagesHaveOneShape } from '../../src/laws/packages-have-one-shape.ts';
import { brokenBy } from './broken-by.ts';

const project = {
  homepage: 'https://example.org/project',
  bugs: 'https://example.org/project/issues',
  repository: { type: 'git', url: 'git+https://example.org/project.git' },
  author: 'Its authors',
};

const shape = {
  name: '@switchgear/core',
  description: 'What it does.',
  keywords: ['circuit-breaker'],
  ...project,
  homepage: 'https://example.org/project/tree/main/packages/core#readme',
  repository: { ...project.repository, directory: 'packages/core' },
  type: 'module',
  license: 'MIT',
  sideEffects: false,
  files: ['dist', 'src'],
  exports: { '.': { '@switchgear/source': './src/index.ts', types: './dist/index.d.ts', default: './dist/index.js' } },
  engines: { node: '>=20' },
  publishConfig: { access: 'public', provenance: true },
};

function core(fields: object, root = '{ "references": [{ "path": "./packages/core" }] }'): string[] {
  return brokenBy(packagesHaveOneShape, {
    'package.json': JSON.stringify(project),
    'tsconfig.json': root,
    'packages/core/package.json': JSON.stringify({ ...shape, ...fields }),
    'packages/core/README.md': '',
    'packages/core/tsconfig.src.json': '',
    'packages/core/tsconfig.test.json': '',
    'packages/core/vitest.config.ts': '',
    'packages/core/tsdown.config.ts': '',
  });
}

describe('packages have one shape', () => {
  it('the shape: kept', () => {
    expect(core({})).toEqual([]);
  });

  it.each([
    ['effects at import', { sideEffects: true }, 'sideEffects must be false'],
    ['a second way in', { main: './dist/index.js' }, 'main: exports says it all'],
    [
      'a file for one runtime',
      { exports: { '.': { '@switchgear/source': '', types: '', default: { node: '' } } } },
      '. has a file for one runtime',
    ],
    ['conditions in another order', { exports: { '.': { default: '', types: '' } } }, '. must have the conditions'],
    ['no address', { repository: undefined }, 'repository must be'],
    ['the address of another folder', { repository: { ...shape.repository, directory: 'core' } }, 'repository must be'],
    ['another page', { homepage: project.homepage }, 'homepage must be'],
    ['no keywords', { keywords: undefined }, 'has no keywords'],
    ['no provenance', { publishConfig: { access: 'public' } }, 'publishConfig must be'],
  ])('%s: broken', (_case, fields, what) => {
    expect(core(fields)).toEqual([expect.stringContaining(what)]);
  });

  it('a workspace that the root does not check: broken', () => {
    expect(core({}, '{}')).toEqual(['tsconfig.json has no reference to packages/core']);
  });

  it('a private package has the shape it likes', () => {
    const manifest = '{ "name": "kit", "private": true }';
    const root = '{ "references": [{ "path": "./packages/kit" }] }';
    expect(brokenBy(packagesHaveOneShape, { 'tsconfig.json': root, 'packages/kit/package.json': manifest })).toEqual(
      [],
    );
  });
});
