/**
 * Runs a program and ends it with all its child processes when standard input closes, which happens however the parent process
 * ends. So the program needs no knowledge of the demo. Its temporary files are removed.
 *
 * `node supervisor.ts PROGRAM ARGUMENT...`
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Milliseconds that the program has to exit by itself. */
const GRACE = 2_000;

// Ctrl-C reaches the whole process group; ignore it, because the parent decides the order of stopping.
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
  // The program first, so that it can shut down cleanly.
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
    // The group has already exited.
  }
}
