import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { laws } from '../../src/laws/laws.ts';

describe('the list of laws', () => {
  it('every file that declares a law has a test that breaks it', () => {
    const declaring = globSync('*.ts', { cwd: join(import.meta.dirname, '../../src/laws') }).filter((file) =>
      /: Law = \{/.test(readFileSync(join(import.meta.dirname, '../../src/laws', file), 'utf8')),
    );
    const tested = globSync('*.test.ts', { cwd: import.meta.dirname }).map(
      (file) => `${basename(file, '.test.ts')}.ts`,
    );
    expect(declaring.filter((file) => !tested.includes(file))).toEqual([]);
    expect(laws).toHaveLength(declaring.length);
  });

  it('no two laws share a name', () => {
    expect(new Set(laws.map(({ name }) => name)).size).toBe(laws.length);
  });
});
