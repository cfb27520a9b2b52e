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
    if (requiresEsm(version) && !found.has(version)) found.set(version, realpathSync(program));
  }
  return [...found].map(([version, program]) => ({ version, program }));
}

/** Whether `require()` of an ES module needs no flag: from 20.19 and from 22.12 on. */
function requiresEsm(version: string): boolean {
  const [major = 0, minor = 0] = version.slice(1).split('.').map(Number);
  if (major === 20) return minor >= 19;
  return major === 22 ? minor >= 12 : major > 22;
}
