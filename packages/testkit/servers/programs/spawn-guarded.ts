import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Account } from './unprivileged.ts';

/** A third-party server that does not outlive this process. */
export interface Guarded {
  readonly child: ChildProcess;

  /** Ends it and deletes its folder. */
  stop(): Promise<void>;
}

/** What to start, and where. */
export interface GuardedOptions {
  readonly executable: string;
  readonly args: readonly string[];

  /** The folder of this server alone, deleted when it ends. */
  readonly home: string;

  /** Whom to run it as. */
  readonly account?: Account | undefined;

  /** How it is ended: with its work done, or at once. */
  readonly signal: 'TERM' | 'KILL';
}

/**
 * Becomes the server, beside a guard that ends it and deletes its folder when our end of stdin closes, however that
 * came: no handler runs in a process that is killed, but its pipes close.
 */
const GUARDED =
  'exec 3<&0; end=$1; shift; { cat <&3 >/dev/null; kill -s "$end" $$; rm -rf "$PWD"; } & exec 3<&-; exec "$@" </dev/null';

/** Starts a server that ends with this process, however that ends. What it logs comes on its stderr. */
export function spawnGuarded({ executable, args, home, account, signal }: GuardedOptions): Guarded {
  const child = spawn('sh', ['-c', GUARDED, 'sh', signal, executable, ...args], {
    ...account,
    cwd: home,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  return {
    child,
    async stop() {
      const isRunning = child.pid !== undefined && child.exitCode === null && child.signalCode === null;
      const end = isRunning && once(child, 'exit');
      child.stdin?.end();
      await end;
      // The guard deletes it too, and who comes second may leave before the first is done.
      for (let tries = 0; existsSync(home) && tries < 100; tries++) {
        rmSync(home, { recursive: true, force: true });
        await pause(20);
      }
    },
  };
}
