import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new project outside the repository, as a user starts one. Disposing removes it. */
export interface EmptyProject extends Disposable {
  readonly folder: string;
  /** Runs a program in it and returns what it printed. A failure shows both outputs. */
  run(program: string, ...args: string[]): string;
  read(file: string): string;
  write(file: string, text: string): void;
}

/** Uses npm's cache where it can, and retries a request that takes longer than 20 s. */
export const QUICKLY = ['--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline', '--fetch-timeout=20000'];

/** Installs the packages, by tarball or by `name@version`, with npm. */
export function emptyProject(packages: readonly string[]): EmptyProject {
  const folder = mkdtempSync(join(tmpdir(), 'switchgear-alone-'));
  const project: EmptyProject = {
    folder,
    run(program, ...args) {
      try {
        return execFileSync(program, args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
      } catch (error) {
        const { stdout, stderr } = error as { stdout?: string; stderr?: string };
        throw new Error(`${program} ${args.join(' ')}\n${stdout ?? ''}${stderr ?? ''}`, { cause: error });
      }
    },
    read: (file) => readFileSync(join(folder, file), 'utf8'),
    write: (file, text) => writeFileSync(join(folder, file), text),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
  try {
    project.write('package.json', '{ "name": "empty", "private": true, "type": "module" }');
    project.run('npm', 'install', ...QUICKLY, ...packages);
    return project;
  } catch (error) {
    project[Symbol.dispose]();
    throw error;
  }
}
