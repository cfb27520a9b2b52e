import { execFileSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A Node found on this machine. */
export interface NodeVersion {
  readonly version: string;
  readonly program: string;
}

/** Every Node on the PATH that the packages support, each version once: the system's and the locked one. */
export function nodeVersions(path: string = process.env['PATH'] ?? ''): NodeVersion[] {
  const found = new Map<string, string>();
  for (const folder of path.split(delimiter)) {
    const program = join(folder, 'node');
    if (!existsSync(program)) continue;
    const version = execFileSync(realpathSync(program), ['--version'], { encoding: 'utf8' }).trim();
    if (isSupported(version) && !found.has(version)) found.set(version, realpathSync(program));
  }
  return [...found].map(([version, program]) => ({ version, program }));
}

function isSupported(version: string): boolean {
  return Number.parseInt(version.slice(1), 10) >= 20;
}
