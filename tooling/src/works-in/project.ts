import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** Long enough for the busiest machine: a command that takes longer hangs. */
const HANGS = 15 * 60_000;

/** No telemetry, and nothing of what this process was started with that changes how tools behave. */
const QUIET = {
  CI: '1',
  DO_NOT_TRACK: '1',
  NEXT_TELEMETRY_DISABLED: '1',
  NO_COLOR: '1',
  NO_UPDATE_NOTIFIER: '1',
  PARCEL_WORKERS: '0',
  WRANGLER_SEND_METRICS: 'false',
};
const STRIPPED =
  /^(NODE_ENV|NODE_OPTIONS|NODE_COMPILE_CACHE|FORCE_COLOR|INIT_CWD|VITEST.*|JEST.*|TURBO.*|npm_(package|lifecycle)_.*)$/;

/** A folder in which a kind's commands run. */
export interface Project {
  readonly folder: string;
  readonly node: string;
  /** Runs a program of `node_modules/.bin`, `node` or a path. Resolves to what it printed; a failure shows both outputs. */
  run(program: string, ...args: string[]): Promise<string>;
  read(file: string): string;
  /** The files of a folder in it and below, by their path. */
  list(folder: string): string[];
  write(file: string, text: string): void;
}

/** A project in `folder`, whose `node` is that program. Its programs are in the `node_modules` of the folders `installed`. */
export function projectIn(folder: string, node: string, installed: readonly string[] = [folder]): Project {
  mkdirSync(folder, { recursive: true });
  const env = environment([dirname(node), ...installed.map((each) => join(each, 'node_modules/.bin'))]);
  return {
    folder,
    node,
    async run(program, ...args) {
      const file = program === 'node' ? node : program;
      try {
        const options = { cwd: folder, env, timeout: HANGS, maxBuffer: 1e8 };
        return (await promisify(execFile)(file, args, options)).stdout;
      } catch (error) {
        const { stdout = '', stderr = '', message } = error as { stdout?: string; stderr?: string; message: string };
        const said = `${stdout}${stderr}`.trim();
        throw new Error(`${program} ${args.join(' ')}\n${said || message}`, { cause: error });
      }
    },
    list: (inside) =>
      readdirSync(join(folder, inside), { encoding: 'utf8', recursive: true }).map((file) => `${inside}/${file}`),
    read: (file) => readFileSync(join(folder, file), 'utf8'),
    write(file, text) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    },
  };
}

function environment(programs: readonly string[]): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !STRIPPED.test(name));
  return { ...Object.fromEntries(kept), ...QUIET, PATH: [...programs, process.env['PATH']].join(delimiter) };
}
