import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A project outside the repository, as a user begins one. Disposing removes it. */
export interface EmptyProject extends Disposable {
  readonly folder: string;
  /** Runs a program in it and returns what it printed. A failure shows both outputs. */
  run(program: string, ...args: string[]): string;
  write(file: string, text: string): void;
}

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
    write: (file, text) => writeFileSync(join(folder, file), text),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
  try {
    project.write('package.json', '{ "name": "empty", "private": true, "type": "module" }');
    project.run('npm', 'install', '--no-audit', '--no-fund', '--loglevel=error', ...packages);
    return project;
  } catch (error) {
    project[Symbol.dispose]();
    throw error;
  }
}
