import { describe, expect, it } from 'vitest';
import { packagesHaveOneShape } from '../../src/laws/packages-have-one-shape.ts';
import { brokenBy } from './broken-by.ts';

const project = {
  homepage: 'https://example.org/project',
  bugs: 'https://example.org/project/issues',
  repository: { type: 'git', url: 'git+https://example.org/project.git' },
  author: 'Its authors',
};
const conditions = (path: string) => ({
  '@switchgear/source': `./src/${path}.ts`,
  require: { types: `./dist/cjs/${path}.d.ts`, default: `./dist/cjs/${path}.js` },
  default: { types: `./dist/${path}.d.ts`, default: `./dist/${path}.js` },
});

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
  files: ['dist', 'src', 'kit'],
  main: './dist/cjs/index.js',
  module: './dist/index.js',
  types: './dist/cjs/index.d.ts',
  exports: {
    '.': conditions('index'),
    './kit': conditions('kit/index'),
    './package.json': './package.json',
  },
  engines: { node: '>=20' },
  publishConfig: { access: 'public', provenance: true },
};

const stub = {
  main: '../dist/cjs/kit/index.js',
  module: '../dist/kit/index.js',
  types: '../dist/cjs/kit/index.d.ts',
  sideEffects: false,
};

const KNOWN = '{ "references": [{ "path": "./packages/core" }] }';

function core(fields: object, root: string = KNOWN, kit: object = stub): string[] {
  return brokenBy(packagesHaveOneShape, {
    'package.json': JSON.stringify(project),
    'tsconfig.json': root,
    'packages/core/package.json': JSON.stringify({ ...shape, ...fields }),
    'packages/core/kit/package.json': JSON.stringify(kit),
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
    ['the ESM file under require', { main: './dist/index.js' }, 'main must be "./dist/cjs/index.js", not'],
    ['another list of what is packed', { files: ['dist', 'src'] }, 'files must be ["dist","src","kit"], not'],
    ['a third way in', { browser: './dist/index.js' }, 'browser: exports and main say it all'],
    [
      'a file for one runtime',
      { exports: { ...shape.exports, '.': { node: './dist/node.js', ...conditions('index') } } },
      'exports must be',
    ],
    ['no address', { repository: undefined }, 'repository must be'],
    ['the address of another folder', { repository: { ...shape.repository, directory: 'core' } }, 'repository must be'],
    ['another page', { homepage: project.homepage }, 'homepage must be'],
    ['no keywords', { keywords: undefined }, 'has no keywords'],
    ['no provenance', { publishConfig: { access: 'public' } }, 'publishConfig must be'],
  ])('%s: broken', (_case, fields, what) => {
    expect(core(fields)).toEqual([expect.stringContaining(what)]);
  });

  it('entries that only this repository has are replaced where the package is packed', () => {
    const exports = { ...shape.exports, './servers': './servers/index.ts' };
    expect(core({ exports, publishConfig: { ...shape.publishConfig, exports: shape.exports } })).toEqual([]);
    expect(core({ publishConfig: { ...shape.publishConfig, exports } })).toEqual([
      expect.stringContaining('exports must be'),
    ]);
  });

  it('notices of other licences that are not packed: broken', () => {
    const files = { 'package.json': JSON.stringify(project), 'tsconfig.json': KNOWN };
    const notices = {
      'packages/core/THIRD-PARTY-NOTICES.txt': '',
      'packages/core/package.json': JSON.stringify(shape),
    };
    expect(brokenBy(packagesHaveOneShape, { ...files, ...notices })).toContain(
      'packages/core/package.json files must be ["dist","src","THIRD-PARTY-NOTICES.txt","kit"], not ["dist","src","kit"]',
    );
  });

  it('an entry that tools which do not read exports cannot find: broken', () => {
    expect(core({}, KNOWN, { ...stub, main: '../src/kit.ts' })).toEqual([
      'packages/core/kit/package.json main must be "../dist/cjs/kit/index.js", not "../src/kit.ts"',
    ]);
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
