import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { effectsOf } from '../src/laws/nothing-happens-at-import.ts';
import { readUnder } from '../src/published/api-report.ts';
import { importsOf, packageOf } from '../src/repository/imports.ts';
import { readRepository, root } from '../src/repository/read-repository.ts';
import { parse } from '../src/repository/syntax.ts';
import { entryPoints, publicPackages } from '../src/repository/workspace.ts';

const entries = publicPackages(readRepository()).flatMap((each) =>
  [...entryPoints(each)].map(([specifier, source]) => {
    const built = source.replace('/src/', '/dist/').replace(/\.ts$/, '.js');
    return [specifier, built, each.manifest] as const;
  }),
);

describe.each(entries)('%s', (_specifier, built, manifest) => {
  it('is built, with declarations', () => {
    expect(existsSync(join(root, built))).toBe(true);
    expect(existsSync(join(root, built.replace(/\.js$/, '.d.ts')))).toBe(true);
  });

  it('is one file, which imports only what the package declares', () => {
    const declared = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
    for (const { specifier } of importsOf(parse(built, readUnder(root)(built)))) {
      if (!specifier.startsWith('node:')) expect(declared).toContain(packageOf(specifier));
    }
  });

  it('does nothing when it is imported', () => {
    expect([...effectsOf(parse(built, readUnder(root)(built)))]).toEqual([]);
  });
});
