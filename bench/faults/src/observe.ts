import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Fault } from './themes/fault.ts';

/** The result of one program. */
export interface Observation {
  readonly fault: Fault;

  /** The line that the program printed, or its error output. */
  readonly printed: string;
  readonly seen: boolean;
}

/** Milliseconds after which a program that has not ended is killed. */
const LIMIT = 60_000;

const host = fileURLToPath(new URL('./run-in-workerd.ts', import.meta.url));

/** Where the program of a fault is. */
export function fileOf(program: string): string {
  return fileURLToPath(new URL(`../programs/${program}.mjs`, import.meta.url));
}

/** Runs a fault's program in a process of its own: some hold theirs, some end it, some set its clock. */
export function observe(fault: Fault): Promise<Observation> {
  const file = fileOf(fault.program);
  const args = fault.on === 'workerd' ? [host, file] : [file];
  // Some peers start timers that Node warns about; the warnings are not part of the result.
  const { NODE_OPTIONS: _, ...env } = process.env;
  const limits = { timeout: LIMIT, killSignal: 'SIGKILL', env: { ...env, NO_COLOR: '1' } } as const;
  return new Promise((resolve) => {
    execFile(process.execPath, args, limits, (error, stdout, stderr) => {
      const printed =
        stdout.trim() || `nothing, and ${error?.killed ? 'it was killed' : stderr.trim().slice(0, 2_000)}`;
      resolve({ fault, printed, seen: fault.shows.test(printed) });
    });
  });
}
