import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { apiOf, readUnder } from '../src/published/api-report.ts';
import { readRepository, root } from '../src/repository/read-repository.ts';
import { entryPoints, publicPackages, type Workspace } from '../src/repository/workspace.ts';

/** `api.txt` for the package's own name, `api.testing.txt` for a part of it. */
function entries(each: Workspace): (readonly [string, string, string])[] {
  return [...entryPoints(each)].map(([specifier, source]) => {
    const part = specifier.slice(each.manifest.name.length).replaceAll('/', '.');
    const declarations = source.replace('/src/', '/dist/').replace(/\.ts$/, '.d.ts');
    return [specifier, declarations, join(root, each.folder, `api${part}.txt`)];
  });
}

describe('the public surface is the approved one (pnpm api:approve accepts a change)', () => {
  it.each(publicPackages(readRepository()).flatMap(entries))('%s', async (_specifier, declarations, approved) => {
    await expect(apiOf(declarations, readUnder(root))).toMatchFileSnapshot(approved);
  });
});
