import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, vi } from 'vitest';

/** A process the command started, or the command itself. */
export interface MarkedProcess {
  readonly pid: number;
  readonly command: string;
}

/** Finds what a command leaves behind. */
export interface Watch {
  /** Give the command this environment: its processes are known by it, and its temporary files land in one folder. */
  readonly environment: Readonly<Record<string, string>>;

  /** The command's processes that are alive. */
  processes(): readonly MarkedProcess[];

  /** Waits until no process is left, then expects no file and none of these ports (`'http://127.0.0.1:1234'`) in use. */
  expectNothing(output: string): Promise<void>;
}

/** Watches over one command. Linux only: it reads `/proc`. */
export async function watchLeftovers(): Promise<Watch> {
  const mark = `CHECKOUT_MARK=${randomUUID()}`;
  const folder = await mkdtemp(join(tmpdir(), 'switchgear-checkout-watch-'));
  // When started as root, PostgreSQL runs as another user, which needs access.
  await chmod(folder, 0o755);
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const [name, value] = mark.split('=') as [string, string];
  return {
    environment: { [name]: value, TMPDIR: folder },
    processes: () => processesMarked(mark),
    async expectNothing(output) {
      await vi.waitFor(() => expect(processesMarked(mark)).toEqual([]), { timeout: 60_000, interval: 50 });
      expect(await readdir(folder)).toEqual([]);
      const ports = [...output.matchAll(/http:\/\/127\.0\.0\.1:(\d+)/g)].map(([, port]) => Number(port));
      for (const port of ports) await expect(connects(port)).resolves.toBe(false);
    },
  };
}

/** The processes that have the mark in their environment. */
function processesMarked(mark: string): MarkedProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => readProcess(pid, 'environ').split('\0').includes(mark))
    .map((pid) => ({ pid: Number(pid), command: readProcess(pid, 'cmdline').replaceAll('\0', ' ') }));
}

/** A process may end while we look, and those of others are none of our business. */
function readProcess(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

function connects(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect(port, '127.0.0.1');
  socket.once('connect', () => resolve(true));
  socket.once('error', () => resolve(false));
  return promise.finally(() => socket.destroy());
}
