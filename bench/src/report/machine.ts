import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import os from 'node:os';

/**
 * Where and when it was measured, as lines of a list.
 *
 * @param manifest the `package.json` that names the other libraries
 */
export function circumstances(manifest: URL): string[] {
  const [cpu] = os.cpus();
  const load = os.loadavg()[0] ?? 0;
  const busy = load > os.cpus().length ? `, and other work on the machine: load ${load.toFixed(1)}` : '';
  return [
    `${new Date().toISOString().slice(0, 10)}, commit ${commit()}`,
    `${os.cpus().length} x ${cpu?.model.trim()}, ${os.type()} ${os.machine()}${busy}`,
    `Node ${process.version.slice(1)}, V8 ${process.versions.v8}`,
    versionsIn(manifest),
  ];
}

function commit(): string {
  const git = (...args: string[]): string => execFileSync('git', args, { encoding: 'utf8', cwd: import.meta.dirname });
  const changed = git('status', '--porcelain', '--', '../../../packages').trim() ? ' with changes' : '';
  return git('rev-parse', '--short=10', 'HEAD').trim() + changed;
}

/** The other libraries, at the versions that a package asks for. */
function versionsIn(manifest: URL): string {
  const { dependencies } = JSON.parse(readFileSync(manifest, 'utf8')) as { dependencies: Record<string, string> };
  const theirs = Object.entries(dependencies).filter(([, version]) => /^\d/.test(version));
  return theirs.map((each) => each.join(' ')).join(', ');
}
