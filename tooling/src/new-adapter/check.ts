import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readRepository, root } from '../repository/read-repository.ts';
import { runCommand } from '../test-run/run-command.ts';

const [name = ''] = process.argv.slice(2);
if (!existsSync(join(root, 'packages', name, 'package.json')) || name === '') {
  console.error('usage: pnpm check:adapter NAME, the name of a folder under packages/');
  process.exit(1);
}

const folder = `packages/${name}`;
const own = `@switchgear/${name}`;
const vitest = join(root, 'node_modules/.bin/vitest');
const quietly = ['run', '--reporter=dot'];

/** All that the test command would find wrong with this package, the quickest first. */
const checks: readonly (readonly [what: string, cwd: string, program: string, ...args: string[]])[] = [
  ['format and lint', '.', 'biome', 'check', '--error-on-warnings', folder, 'tooling/published/alone'],
  ['types', '.', 'tsc', '-b', folder],
  ['its tests', folder, vitest, ...quietly],
  ['the laws', 'tooling', vitest, ...quietly, 'test/this-repository'],
  [
    'the code in pages',
    'tooling',
    vitest,
    ...quietly,
    'test/examples/pages.test.ts',
    `--testNamePattern=compiles|${folder}/`,
  ],
  ['unused files, exports and dependencies', '.', 'knip', '--no-progress', '--workspace', folder],
  ['build', '.', 'turbo', 'run', 'build', `--filter=${own}`, '--output-logs=errors-only'],
  [
    'as npm gets it: surface, size, installed alone',
    'tooling',
    vitest,
    ...quietly,
    '--config=vitest.published.config.ts',
    ...['api', 'size', 'bundles', 'tarballs', 'alone-'].map((file) => `published/${file}`),
    `--testNamePattern=${own}|${folder}|${name}, `,
  ],
];

const began = Date.now();
const failed: string[] = [];
for (const [what, cwd, program, ...args] of checks) {
  const start = Date.now();
  const isGreen = await runCommand(program, args, join(root, cwd));
  if (!isGreen) failed.push(what);
  console.log(`== ${isGreen ? 'ok    ' : 'FAILED'} ${what}: ${seconds(start)}`);
}
const marks = [...readRepository()].filter(([path, text]) => path.startsWith(`${folder}/`) && text.includes('FILL IN'));
if (marks.length > 0) console.log(`still marked FILL IN: ${marks.map(([path]) => path).join(', ')}`);
console.log(
  failed.length > 0 ? `FAILED after ${seconds(began)}: ${failed.join('; ')}` : `green after ${seconds(began)}`,
);
process.exitCode = failed.length > 0 ? 1 : 0;

function seconds(since: number): string {
  return `${((Date.now() - since) / 1_000).toFixed(1)} s`;
}
