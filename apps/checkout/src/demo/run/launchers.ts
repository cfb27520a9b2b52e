import { readFileSync } from 'node:fs';

/** Milliseconds between two checks. */
const INTERVAL = 250;

/** Package managers, by the command line of their processes. */
const LAUNCHER = /\b(npm|npx|pnpm|turbo)\b/;

/**
 * Detects that a package manager among our ancestors has exited: killing `npx` is meant to stop the demo, but neither `npx`
 * nor `pnpm` passes the signal on. Does nothing where there is no `/proc`.
 *
 * @param onGone called once, with the command line of the exited process
 */
export function watchLaunchers(onGone: (launcher: string) => void): void {
  const launchers = ancestors(process.ppid).filter(({ command }) => LAUNCHER.test(command));
  const watch = setInterval(() => {
    const gone = launchers.find(({ pid }) => parentOf(pid) === undefined);
    if (!gone) return;
    clearInterval(watch);
    onGone(gone.command);
  }, INTERVAL);
  // It must not keep a finished demo alive.
  watch.unref();
}

interface Ancestor {
  readonly pid: number;
  readonly command: string;
}

function ancestors(pid: number): readonly Ancestor[] {
  const parent = parentOf(pid);
  if (parent === undefined) return [];
  const command = (read(`/proc/${pid}/cmdline`) ?? '').replaceAll('\0', ' ').trim();
  return [{ pid, command }, ...ancestors(parent)];
}

/** The parent of a live process; `undefined` for one that has exited, zombies included. */
function parentOf(pid: number): number | undefined {
  // "PID (NAME) STATE PARENT ...", and the name may hold anything, brackets too.
  const [state, parent] = read(`/proc/${pid}/stat`)?.split(') ').at(-1)?.split(' ') ?? [];
  return state === undefined || state === 'Z' ? undefined : Number(parent);
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
