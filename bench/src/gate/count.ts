import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { breakers, calls } from './kinds.ts';
import { CALLS, COUNTED, STRETCHES } from './stretches.ts';

/** What was counted, in the order of the budgets. */
export interface Count {
  readonly what: string;
  readonly bytes: number;

  /** Instructions of a call. Breakers have none, nor has a machine without valgrind. */
  readonly instructions?: number | undefined;
}

const FLAGS = [
  // Compiling happens on the calling thread, always after the same number of calls; and chance has seeds.
  ...['--predictable', '--single-threaded', '--hash-seed=1', '--random-seed=1'],
  // The optimising compilers run, as by default, but sooner: it makes the same code of a sixth of the calls.
  ...['--invocation-count-for-maglev=100', '--invocation-count-for-turbofan=500'],
  // All stretches find room without a collection but the one asked for.
  ...['--expose-gc', '--min-semi-space-size=128'],
];

/** A function of Node that JavaScript can call and callgrind knows by its name: its counts are split there. */
const MARK = 'node::credentials::GetUid*';

const run = promisify(execFile);
// Nothing in the surroundings may change what runs.
const options = { env: { PATH: process.env['PATH'] } };

/** Whether instructions can be counted here. */
export const canCountInstructions: Promise<boolean> = run('valgrind', ['--version']).then(
  () => process.platform === 'linux' && process.arch === 'x64',
  () => false,
);

/** Counts all kinds whose names contain this text, as many at a time as there are processors. */
export async function countAll(text = ''): Promise<Count[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-gate-'));
  try {
    const program = join(folder, 'spend.mjs');
    const entry = join(import.meta.dirname, 'spend.ts');
    // One file, so that no compiling of types is counted.
    await build({ entryPoints: [entry], outfile: program, bundle: true, format: 'esm', platform: 'node' });
    const kinds = [...Object.keys(calls), ...Object.keys(breakers)].filter((kind) => kind.includes(text));
    const counts: Count[][] = kinds.map(() => []);
    const waiting = kinds.entries();
    const worker = async (): Promise<void> => {
      for (const [i, kind] of waiting) counts[i] = await count(kind, program, join(folder, `${i}.counts`));
    };
    await Promise.all(Array.from({ length: availableParallelism() }, worker));
    return counts.flat();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function count(kind: string, program: string, file: string): Promise<Count[]> {
  const command = [process.execPath, ...FLAGS, program, kind];
  const counts = kind in calls && (await canCountInstructions);
  const valgrind = ['--tool=callgrind', '--combine-dumps=yes', `--callgrind-out-file=${file}`, `--dump-before=${MARK}`];
  const { stdout } = counts
    ? await run('valgrind', [...valgrind, ...command], options)
    : await run(process.execPath, command.slice(1), options);
  const [bytes = Number.NaN, used] = (JSON.parse(stdout) as number[]).map(Math.round);
  if (used !== undefined) {
    return [
      { what: `${kind}, idle`, bytes },
      { what: `${kind}, at work`, bytes: used },
    ];
  }
  return [{ what: kind, bytes, ...(counts && { instructions: instructionsIn(readFileSync(file, 'utf8')) }) }];
}

/** Instructions of a call. Every second part between two marks is a stretch; the first part is the start of the process. */
function instructionsIn(dumps: string): number {
  const parts = [...dumps.matchAll(/^totals: (\d+)$/gm)].map(([, total]) => Number(total));
  if (parts.length !== 2 * STRETCHES + 1) throw new Error(`${parts.length} parts between marks of callgrind`);
  const stretches = parts.filter((_, i) => i % 2 === 1);
  return Math.round(Math.min(...stretches.slice(-COUNTED)) / CALLS);
}
