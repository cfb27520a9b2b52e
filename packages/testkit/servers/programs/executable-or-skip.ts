import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Debian puts some among the tools of root, which an ordinary user's PATH leaves out. */
const FOLDERS = ['/usr/sbin', '/usr/local/sbin'];

/** A program that no npm package brings. */
export interface Program {
  /** What people call it. */
  readonly title: string;

  /** The name of its executable. */
  readonly name: string;

  /** An environment variable that says where it is, if not on the PATH. */
  readonly variable: string;

  /** The Debian package that brings it. */
  readonly debian: string;
}

/** The executable: where the variable says, or else the first on this machine; `undefined` if there is none. */
export function findExecutable({ name, variable }: Program): string | undefined {
  const { PATH = '' } = process.env;
  const said = process.env[variable];
  const installed = [...PATH.split(delimiter), ...FOLDERS].map((folder) => join(folder, name));
  return (said === undefined ? installed : [said]).find(isExecutable);
}

/**
 * The executable of a program for tests, or `undefined` if there is none and the tests have to be skipped.
 *
 * @throws {Error} if there is none and `CI` is set, because a skipped test has not passed
 */
export function executableOrSkip(program: Program): string | undefined {
  const executable = findExecutable(program);
  if (executable !== undefined) return executable;
  const { title, variable, debian } = program;
  const message = `No ${title} for its tests: no npm package brings one, Debian calls it ${debian}`;
  if (process.env['CI']) throw new Error(message);
  process.stderr.write(`\n*** SKIPPED. ${message}\n*** Install it, or set ${variable}.\n\n`);
  return undefined;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
