/**
 * Runs a program and ends it, with all that it started, when our standard input closes: that happens however the process
 * that started us has ended. So the program itself need not know that it is part of a demo. Its temporary files go with it.
 *
 * `node leash.ts PROGRAM ARGUMENT...`
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Milliseconds that the program gets to end by itself. */
const GRACE = 2_000;

// A terminal interrupts every process of the group at once; the one that started us decides in which order they stop.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);

const [program = '', ...args] = process.argv.slice(2);
const scratch = mkdtempSync(join(tmpdir(), 'switchgear-edge-'));
const child = spawn(program, args, {
  // In a group of its own, which can be killed as one.
  detached: true,
  env: { ...process.env, TMPDIR: scratch, DENO_DIR: scratch },
  stdio: ['ignore', 'inherit', 'inherit'],
});
child.once('error', (error) => {
  console.error(`${program}: ${error.message}`);
  leave(1);
});
child.once('exit', (code) => leave(code ?? 1));

process.stdin.resume();
process.stdin.once('close', () => {
  // Itself first: it may have something of its own to stop.
  child.kill('SIGTERM');
  setTimeout(killGroup, GRACE);
});

function leave(code: number): never {
  killGroup();
  rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  process.exit(code);
}

function killGroup(): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Nobody of the group is left.
  }
}
