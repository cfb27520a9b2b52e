import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/**
 * A process and all that descends from it, parents before children.
 * PostgreSQL puts each child in a group of its own, so a group kill would miss them.
 */
export function familyOf(pid: number): number[] {
  const family = [pid];
  const all = parents();
  for (const elder of family) for (const [child, parent] of all) if (parent === elder) family.push(child);
  return family;
}

/** Kills a process and all that descends from it. Frozen first, so that it cannot fork a child behind our back. */
export function killFamily(pid: number): void {
  signalAll([pid], 'SIGSTOP');
  signalAll(familyOf(pid), 'SIGKILL');
}

/** Sends a signal to each process that is still there. */
export function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}

/** Every process with its parent. On Linux they are read from /proc, because slim images have no `ps`. */
function parents(): (readonly [pid: number, parent: number])[] {
  if (process.platform !== 'linux') {
    const lines = execFileSync('ps', ['-axo', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
    return lines.map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
  }
  return readdirSync('/proc').flatMap((entry) => {
    const parent = /^\d+$/.test(entry) && parentOf(entry);
    return parent ? [[Number(entry), parent] as const] : [];
  });
}

function parentOf(pid: string): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name before it, in parentheses, may contain anything; after it come the state and the parent.
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined; // it ended while we looked
  }
}
