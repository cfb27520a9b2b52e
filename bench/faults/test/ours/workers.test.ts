import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const pathOf = (file: string) => fileURLToPath(new URL(file, import.meta.url));

it('a breaker of a Worker is made in module scope, and leaves the open state in a later request', async () => {
  const args = [pathOf('../../src/run-in-workerd.ts'), pathOf('./our-worker.ts')];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  expect(stdout.trim()).toBe('after 3 requests: fine, closed');
}, 30_000);
