import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Run } from '../src/demo/run/run.ts';

/** Where a test starts processes. Whatever it starts is stopped when the test ends, however it ends. */
export function testRun(): Run {
  const run = createRun();
  onTestFinished(() => run.cleanup.disposeAsync());
  return run;
}

/** The same for processes that several tests share: their cleanup is up to the caller. */
export function createRun(): Run {
  const stop = new AbortController();
  const cleanup = new AsyncDisposableStack();
  return { signal: stop.signal, cleanup, fail: (error) => stop.abort(error) };
}

/** A folder that is gone when the test ends. */
export async function temporaryFolder({ cleanup }: Run): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'switchgear-checkout-test-'));
  cleanup.defer(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
