import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { startPostgres } from '@switchgear/testkit/postgres';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Example, examplesIn } from '../../src/examples/examples-in.ts';
import { runPage } from '../../src/examples/run-page.ts';
import { readRepository, root } from '../../src/repository/read-repository.ts';

const PAGES = /^(README\.md|CONTRIBUTING\.md|docs\/.*\.md|packages\/[^/]+\/README\.md)$/;
const pages = [...readRepository()].filter(([path]) => PAGES.test(path));
const examples = pages.flatMap(([path, page]) => examplesIn(path, page));

/** Where an example finds the packages it imports: beside its own package's, or here for pages about several. */
function fileOf({ where }: Example): string {
  const home = /^packages\/[^/]+/.exec(where)?.[0] ?? 'tooling';
  return join(root, home, '.cache/examples', `${where.replace(/\W+/g, '-')}.ts`);
}

/** The examples to be run, by page. */
const runs = [
  ...Map.groupBy(
    examples.filter(({ run }) => run),
    ({ where }) => where.replace(/:\d+$/, ''),
  ),
];

/** Runs the examples of a page, with a PostgreSQL of their own where they look for one. */
async function run(marked: readonly Example[]): Promise<ReadonlyMap<string, string>> {
  const files = marked.map(fileOf);
  if (!marked.some(({ program }) => program.includes("process.env['DATABASE_URL']"))) return runPage(files, 50_000);
  const server = await startPostgres();
  try {
    return await runPage(files, 50_000, { DATABASE_URL: server.url });
  } finally {
    await server.stop();
  }
}

const compilerOptions = {
  noEmit: true,
  allowImportingTsExtensions: true,
  rewriteRelativeImportExtensions: false,
  composite: false,
  declaration: false,
  declarationMap: false,
  isolatedDeclarations: false,
  // As the projects of Nest have it.
  experimentalDecorators: true,
  erasableSyntaxOnly: false,
  noUnusedLocals: false,
  noUnusedParameters: false,
  lib: ['ES2022', 'DOM'],
  types: ['node'],
  typeRoots: [join(root, 'node_modules/@types')],
};

describe('the code in the pages', () => {
  beforeAll(() => {
    for (const example of examples) {
      const file = fileOf(example);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, example.program);
    }
    return () => {
      for (const folder of new Set(examples.map((example) => dirname(fileOf(example)))))
        rmSync(folder, { recursive: true });
    };
  });

  it('there is some', () => {
    expect(examples.length).toBeGreaterThan(0);
  });

  it('compiles', { timeout: 300_000 }, () => {
    const folder = join(root, 'tooling/.cache/examples');
    mkdirSync(folder, { recursive: true });
    const config = join(folder, 'tsconfig.json');
    const files = examples.map(fileOf);
    writeFileSync(config, JSON.stringify({ extends: join(root, 'tsconfig.base.json'), compilerOptions, files }));
    const { stdout } = spawnSync('tsc', ['-p', config, '--singleThreaded'], { encoding: 'utf8' });
    expect(stdout).toBe('');
  });

  it.concurrent.each(runs)('%s runs', { timeout: 300_000 }, async (_page, marked) => {
    expect(Object.fromEntries(await run(marked))).toEqual({});
  });
});
