import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { effectsOf } from '../src/laws/nothing-happens-at-import.ts';
import { readUnder } from '../src/published/api-report.ts';
import { ownStatements, requiresOf } from '../src/published/commonjs.ts';
import { importsOf, packageOf } from '../src/repository/imports.ts';
import { readRepository, root } from '../src/repository/read-repository.ts';
import { parse } from '../src/repository/syntax.ts';
import { entryPoints, publicPackages } from '../src/repository/workspace.ts';

/** What an entry may load besides other packages: the file that the entries of its package share. */
const SHARED = /^\.\.?\/shared\.js$/;

const entries = publicPackages(readRepository()).flatMap((each) =>
  [...entryPoints(each), [`${each.manifest.name}, shared`, `${each.folder}/src/shared.ts`] as const].flatMap(
    ([specifier, source]) => {
      const esm = source.replace('/src/', '/dist/').replace(/\.ts$/, '.js');
      const cjs = esm.replace('/dist/', '/dist/cjs/');
      if (specifier.endsWith(', shared') && !existsSync(join(root, esm))) return [];
      return [
        [specifier, 'import', esm, each.manifest],
        [specifier, 'require', cjs, each.manifest],
      ] as const;
    },
  ),
);

describe.each(entries)('%s, for %s', (specifier, load, built, manifest) => {
  it('is built, with declarations', () => {
    expect(existsSync(join(root, built))).toBe(true);
    if (specifier.endsWith(', shared')) return;
    expect(existsSync(join(root, built.replace(/\.js$/, '.d.ts')))).toBe(true);
  });

  it('is one file, which loads only the shared one and what the package declares', () => {
    const declared = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
    const source = parse(built, readUnder(root)(built));
    const loaded = load === 'import' ? importsOf(source).map(({ specifier }) => specifier) : requiresOf(source);
    for (const specifier of loaded) {
      if (!specifier.startsWith('node:') && !SHARED.test(specifier)) expect(declared).toContain(packageOf(specifier));
    }
  });

  it('is strict, and does nothing when it is loaded', () => {
    const source = parse(built, readUnder(root)(built));
    const body = load === 'import' ? source.program.body : ownStatements(source);
    expect([...effectsOf({ ...source, program: { ...source.program, body } })]).toEqual([]);
    if (load === 'require') expect(source.text.startsWith('"use strict";')).toBe(true);
  });
});
