import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPackageFromTarballData } from '@arethetypeswrong/core';
import { describe, expect, inject, it } from 'vitest';
import { NOTICES } from '../src/laws/packages-have-one-shape.ts';
import { importsOf, packageOf } from '../src/repository/imports.ts';
import { readRepository, root } from '../src/repository/read-repository.ts';
import { parse } from '../src/repository/syntax.ts';

const licence = readFileSync(join(root, 'LICENSE'), 'utf8');

/** The sources of pages that a package carries bundled, and the package. */
const PAGES: Readonly<Record<string, string>> = { 'packages/dashboard/page/': 'packages/dashboard' };

/** The files of a tarball, by their paths in it. */
function filesOf(tarball: string): ReadonlyMap<string, string> {
  const packed = createPackageFromTarballData(readFileSync(tarball));
  const own = `/node_modules/${packed.packageName}/`;
  return new Map(packed.listFiles().map((path) => [path.slice(own.length), packed.readFile(path)]));
}

/** The libraries from which these sources take more than types. */
function librariesOf(pages: string): string[] {
  const sources = [...readRepository()].filter(([path]) => path.startsWith(pages) && /\.tsx?$/.test(path));
  const imports = sources.flatMap(([path, text]) => [...importsOf(parse(path, text))]);
  const names = imports.filter(({ typeOnly, specifier }) => !typeOnly && !specifier.startsWith('.'));
  return [...new Set(names.map(({ specifier }) => packageOf(specifier)))];
}

describe.each(Object.entries(inject('tarballs')))('%s, as packed', (folder, tarball) => {
  const files = filesOf(tarball);

  it('has the licence', () => {
    expect(files.get('LICENSE')).toBe(licence);
  });

  it('has no code in its builds but its own, according to their source maps', () => {
    const maps = [...files].filter(([path]) => path.endsWith('.js.map'));
    expect(maps.length).toBeGreaterThan(0);
    const sources = maps.flatMap(([, map]) => (JSON.parse(map) as { sources: string[] }).sources);
    expect(sources.filter((source) => !/^(\.\.\/)+src\//.test(source))).toEqual([]);
  });

  it('has the licences of the libraries in the page it carries, and no others', () => {
    const libraries = Object.entries(PAGES).flatMap(([pages, of]) => (of === folder ? librariesOf(pages) : []));
    const noticed = [...(files.get(NOTICES) ?? '').matchAll(/^-{80}\n\n(\S+) \S+ \(.*\)\n\n[^-]*copyright/gim)];
    expect(noticed.map(([, name]) => name).sort()).toEqual(libraries.sort());
    if (folder === 'packages/dashboard') expect(libraries.length).toBeGreaterThan(1);
  });
});
