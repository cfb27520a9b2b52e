import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readRepository, root } from '../repository/read-repository.ts';
import { workspaces } from '../repository/workspace.ts';
import { runCommand } from './run-command.ts';
import { single, type Tally } from './tally.ts';
import { readReport } from './vitest-report.ts';

/** One block of the test run. */
export interface Step {
  readonly name: string;
  run(): Promise<readonly Tally[]>;
}

/** Everything `pnpm test` does, in order. A step runs even if the one before it failed. */
export const steps: readonly Step[] = [
  { name: 'format and lint; types; unused files, exports and dependencies', run: readSources },
  { name: 'build', run: async () => [await command('build', 'turbo', 'run', 'build', '--output-logs=errors-only')] },
  { name: 'tests of every package and app, and the laws', run: runTests },
  { name: 'what goes to npm, and the same specs on every runtime', run: runWithBuilds },
];

/** These three run together, because each reads all sources and writes none. */
function readSources(): Promise<Tally[]> {
  return Promise.all([
    command('format and lint', 'biome', 'check', '--error-on-warnings', '.'),
    // Several threads check some things more than once, and the others are at work beside it.
    command('types', 'tsc', '-b', '--singleThreaded'),
    command('unused files, exports and dependencies', 'knip', '--no-progress'),
  ]);
}

async function command(name: string, program: string, ...args: string[]): Promise<Tally> {
  return single(name, await runCommand(program, args, root));
}

async function runTests(): Promise<Tally[]> {
  const tasks = ['test', 'test:alone'];
  const runs = workspaces(readRepository()).flatMap(({ folder, manifest }) =>
    tasks
      .filter((task) => manifest.scripts?.[task])
      .map((task) => ({ name: task === 'test' ? folder : `${folder}, alone`, report: reportOf(folder, task) })),
  );
  for (const { report } of runs) rmSync(join(root, report), { force: true });

  const turbo = (...args: string[]) =>
    runCommand('turbo', ['run', ...args, '--continue', '--output-logs=errors-only'], root);
  const ended = await turbo('test');
  const endedAlone = await turbo('test:alone', '--concurrency=1');
  const tallies = runs.map(({ name, report }) => readReport(name, read(report)));
  return agree(tallies, ended && endedAlone, 'tests');
}

function reportOf(folder: string, task: string): string {
  return join(folder, '.report', `${task.replace(':', '-')}.json`);
}

async function runPublished(): Promise<Tally[]> {
  const report = 'tooling/.report/published.json';
  rmSync(join(root, report), { force: true });
  const args = ['run', '--config', 'vitest.published.config.ts'];
  const ended = await runCommand(join(root, 'tooling/node_modules/.bin/vitest'), args, join(root, 'tooling'));
  return agree([readReport('packages as packed', read(report))], ended, 'packages as packed');
}

/** These two run together: both read the builds, and one waits for servers while the other computes. */
async function runWithBuilds(): Promise<Tally[]> {
  return (await Promise.all([runPublished(), runRuntimes()])).flat();
}

/** Needs the builds, because the specs run what users install. It counts by itself, because no test framework runs on every runtime. */
async function runRuntimes(): Promise<Tally[]> {
  const report = 'runtime-tests/.report/runtimes.json';
  rmSync(join(root, report), { force: true });
  const ended = await runCommand('node', ['runtime-tests/src/main.ts'], root);
  const tallies = JSON.parse(read(report) ?? '[]') as Tally[];
  // It also fails where a runtime is not installed and skips count as failures, which its counts already show.
  const accounted = ended || tallies.some(({ skipped }) => skipped.length > 0);
  return agree(tallies, accounted && tallies.length > 0, 'specs on every runtime');
}

/** A command that fails although every test in its reports passed counts as one failure more. */
function agree(tallies: Tally[], ended: boolean, name: string): Tally[] {
  const failed = tallies.some((tally) => tally.failed > 0);
  return ended || failed ? tallies : [...tallies, single(`${name}: the command failed outside of its tests`, false)];
}

function read(path: string): string | undefined {
  const file = join(root, path);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
