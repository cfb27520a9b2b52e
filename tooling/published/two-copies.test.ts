import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type EmptyProject, emptyProject } from '../src/published/empty-project.ts';
import { readRepository } from '../src/repository/read-repository.ts';
import { hostsOf, publicPackages } from '../src/repository/workspace.ts';

const tarballs = inject('tarballs');
const read = (file: string) => readFileSync(join(import.meta.dirname, 'two-copies', file), 'utf8');
const rules = [...read('rules.mjs').matchAll(/^ {2}async '(.+)'\(one, other\)/gm)].map(([, rule]) => rule ?? '');

const USED = ['core', 'axios', 'fetch', 'hono', 'policies', 'otel', 'dashboard'].map((name) => `packages/${name}`);
const hosts = publicPackages(readRepository())
  .filter(({ folder }) => USED.includes(folder))
  .flatMap(hostsOf);

describe('two copies in one process, one imported and one required', () => {
  let project: EmptyProject;
  let found: Readonly<Record<string, string>>;
  beforeAll(() => {
    project = emptyProject([...USED.map((folder) => tarballs[folder] ?? ''), ...new Set(hosts)]);
    for (const file of ['program.mjs', 'rules.mjs']) project.write(file, read(file));
    found = JSON.parse(project.run(process.execPath, 'program.mjs'));
  });
  afterAll(() => project?.[Symbol.dispose]());

  it.each(
    rules.flatMap((rule) => [
      `${rule}: imported, used by what is required`,
      `${rule}: required, used by what is imported`,
    ]),
  )('%s', (rule) => {
    expect(found[rule]).toBe('holds');
  });

  it('the program checks rules', () => {
    expect(Object.keys(found)).toHaveLength(2 * rules.length);
    expect(rules.length).toBeGreaterThan(5);
  });
});
