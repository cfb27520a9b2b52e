import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished, vi } from 'vitest';

const MAIN = fileURLToPath(new URL('../src/demo/main.ts', import.meta.url));

// They find processes in /proc.
describe.runIf(process.platform === 'linux')('a demo', () => {
  it.each<[how: string, end: (demo: ChildProcess) => void, code: number | string]>([
    ['Ctrl-C', (demo) => process.kill(-demo.pid!, 'SIGINT'), 130],
    ['SIGKILL', (demo) => demo.kill('SIGKILL'), 'SIGKILL'],
  ])('ended by %s in the middle leaves no process and no file behind', async (_how, end, code) => {
    const folder = await mkdtemp(join(tmpdir(), 'switchgear-edge-test-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const mark = `EDGE_MARK=${randomUUID()}`;
    const demo = spawn(process.execPath, ['--conditions=@switchgear/source', MAIN], {
      // As a terminal would start it: a group of its own.
      detached: true,
      env: { ...process.env, TMPDIR: folder, EDGE_MARK: mark.split('=')[1] },
      stdio: 'ignore',
    });
    onTestFinished(() => marked(mark).forEach(({ pid }) => void process.kill(pid, 'SIGKILL')));

    // Of all that it starts this is the deepest down: below a host, which is on a supervisor.
    const running = () =>
      expect(marked(mark).map(({ command }) => command)).toContainEqual(expect.stringContaining('workerd serve'));
    await vi.waitFor(running, { timeout: 90_000, interval: 20 });
    const ended = once(demo, 'exit');
    end(demo);
    expect((await ended).find((each) => each !== null)).toBe(code);
    await vi.waitFor(() => expect(marked(mark)).toEqual([]), { timeout: 60_000, interval: 50 });
    expect(await readdir(folder)).toEqual([]);
  });
});

/** The processes that have the mark in their environment and are alive. */
function marked(mark: string): { readonly pid: number; readonly command: string }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && read(name, 'environ').split('\0').includes(mark))
    .map((pid) => ({ pid: Number(pid), command: read(pid, 'cmdline').replaceAll('\0', ' ') }));
}

/** A process may end while we look. */
function read(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
