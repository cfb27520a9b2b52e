import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRepository, root } from '../../src/repository/read-repository.ts';

const page = readRepository().get('docs/laws.md') ?? '';
const rows = page.split('\n').filter((line) => /^\| (?!---|law \||rule \|)/.test(line) && !line.startsWith('|---'));
const pathsIn = (text: string) =>
  [...text.matchAll(/`((?:packages|tooling|apps|runtime-tests)\/[^`]+\.[a-z]+)`/g)].flatMap(([, path]) => path ?? []);

describe('docs/laws.md', () => {
  it('names a check for every law', () => {
    expect(rows.length).toBeGreaterThan(20);
    expect(rows.filter((row) => pathsIn(row).length === 0)).toEqual([]);
  });

  it('names files that exist', () => {
    expect(pathsIn(page).filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('names every law that is code', () => {
    const laws = [...readRepository()].filter(
      ([path, text]) => path.startsWith('tooling/src/laws/') && /: Law = \{/.test(text),
    );
    expect(laws.map(([path]) => path).filter((path) => !page.includes(path))).toEqual([]);
  });
});
