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

/** Everything `pnpm test` does, in order. Each step runs whatever became of the one before. */
export const steps: readonly Step[] = [
  {
    name: 'format and lint; types; unused files, exports and dependencies',
    run: () =>
      Promise.all([
        command('format and lint', 'biome', 'check', '--error-on-warnings', '.'),
        command('types', 'tsc', '-b'),
        command('unused files, exports and dependencies', 'knip', '--no-progress'),
      ]),
  },
  { name: 'build', run: async () => [await command('build', 'turbo', 'run', 'build', '--output-logs=errors-only')] },
  { name: 'tests of every package and app, the laws, what goes to npm, and the specs on every runtime', run: runTests },
];

async function command(name: string, program: string, ...args: string[]): Promise<Tally> {
  return single(name, await runCommand(program, args, root));
}

/** The scripts that count by vitest, and how the count of a folder's is called. */
const COUNTED: Readonly<Record<string, (folder: string) => string>> = {
  test: (folder) => folder,
  published: () => 'packages as packed',
  'test:alone': (folder) => `${folder}, alone`,
};

/** No test framework runs on all of them, so it counts by itself: a list of tallies. */
const MATRIX = 'runtime-tests/.report/runtimes.json';

/** All at once, as far as turbo.json lets them: while one waits for a server another computes. */
async function runTests(): Promise<Tally[]> {
  const runs = workspaces(readRepository()).flatMap(({ folder, manifest }) =>
    Object.entries(COUNTED)
      .filter(([task]) => manifest.scripts?.[task])
      .map(([task, nameOf]) => ({ name: nameOf(folder), report: reportOf(folder, task) })),
  );
  for (const report of [MATRIX, ...runs.map((run) => run.report)]) rmSync(join(root, report), { force: true });

  const tasks = ['run', ...Object.keys(COUNTED), 'matrix', '--continue', '--output-logs=errors-only'];
  const ended = await runCommand('turbo', tasks, root);
  const counted = runs.map(({ name, report }) => readReport(name, read(report)));
  const runtimes = JSON.parse(read(MATRIX) ?? '[]') as Tally[];
  if (runtimes.length === 0) runtimes.push(single('specs on every runtime', false));
  // For a runtime that is not to be had the matrix fails, too, where skips fail, and that is in its counts.
  const accounted = runtimes.some(({ skipped }) => skipped.length > 0);
  return agree([...counted, ...runtimes], ended || accounted);
}

function reportOf(folder: string, task: string): string {
  return join(folder, '.report', `${task.replace(':', '-')}.json`);
}

/** A command that failed although every test in its reports passed has failed outside of them. */
function agree(tallies: Tally[], ended: boolean): Tally[] {
  const failed = tallies.some((tally) => tally.failed > 0);
  return ended || failed ? tallies : [...tallies, single('tests: the command failed outside of its tests', false)];
}

function read(path: string): string | undefined {
  const file = join(root, path);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
