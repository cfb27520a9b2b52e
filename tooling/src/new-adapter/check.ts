import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readRepository, root } from '../repository/read-repository.ts';
import { runCommand } from '../test-run/run-command.ts';
import { approve } from './finish.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { approve: { type: 'boolean' } } });
const [name = ''] = positionals;
if (positionals.length !== 1 || !existsSync(join(root, 'packages', name, 'package.json'))) {
  console.error(`usage: pnpm check:adapter NAME [--approve]
  NAME       a folder under packages/
  --approve  accepts its surface and its size as they are: rewrites api.txt and its size limit`);
  process.exit(1);
}

const folder = `packages/${name}`;
const own = `@switchgear/${name}`;
const vitest = join(root, 'node_modules/.bin/vitest');

interface Check {
  readonly what: string;
  run(): Promise<boolean>;
}

function command(what: string, cwd: string, program: string, ...args: string[]): Check {
  return { what, run: () => runCommand(program, args, join(root, cwd)) };
}

function tests(what: string, cwd: string, ...args: string[]): Check {
  return command(what, cwd, vitest, 'run', '--reporter=dot', ...args);
}

const accepted: Check = { what: 'its surface and size are accepted', run: () => approve(folder).then(() => true) };

/** All that the test command would find wrong with this package, the quickest first. */
const checks: readonly Check[] = [
  command('format and lint', '.', 'biome', 'check', '--error-on-warnings', folder, 'tooling/published/alone'),
  command('types', '.', 'tsc', '-b', folder),
  tests('its tests', folder),
  tests('the laws', 'tooling', 'test/this-repository'),
  tests('the code in pages', 'tooling', 'test/examples/pages.test.ts', `--testNamePattern=compiles|${folder}/`),
  command('unused files, exports and dependencies', '.', 'knip', '--no-progress', '--workspace', folder),
  command('build', '.', 'turbo', 'run', 'build', `--filter=${own}`, '--output-logs=errors-only'),
  ...(values.approve ? [accepted] : []),
  tests(
    'as npm gets it: surface, size, installed alone',
    'tooling',
    '--config=vitest.published.config.ts',
    ...['api', 'size', 'bundles', 'tarballs', 'alone-'].map((file) => `published/${file}`),
    `--testNamePattern=${own}|${folder}|${name}, `,
  ),
];

const began = Date.now();
const failed: string[] = [];
for (const { what, run } of checks) {
  const start = Date.now();
  const isGreen = await run();
  if (!isGreen) failed.push(what);
  console.log(`== ${isGreen ? 'ok    ' : 'FAILED'} ${what}: ${seconds(start)}`);
}
const isOwn = (path: string) => path.startsWith(`${folder}/`) || path.startsWith(`tooling/published/alone/${name}.`);
const marked = [...readRepository()].filter(([path, text]) => isOwn(path) && text.includes('FILL IN'));
if (marked.length > 0) console.log(`still marked FILL IN: ${marked.map(([path]) => path).join(', ')}`);
console.log(
  failed.length > 0 ? `FAILED after ${seconds(began)}: ${failed.join('; ')}` : `green after ${seconds(began)}`,
);
process.exitCode = failed.length > 0 ? 1 : 0;

function seconds(since: number): string {
  return `${((Date.now() - since) / 1_000).toFixed(1)} s`;
}
