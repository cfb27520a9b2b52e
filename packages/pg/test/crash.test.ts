import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, inject, it } from 'vitest';

const script = fileURLToPath(new URL('./setup/crashing-process.ts', import.meta.url));

/** How a process ends, and what it prints. */
async function ending(how: string, holds: string): Promise<{ code: unknown; words: string }> {
  const args = ['--conditions=@switchgear/source', script, inject('url'), how, holds];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const [words, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  return { code, words };
}

it.each([
  ['a client that is checked out', 'held'],
  ['an idle client', 'idle'],
])('a process that listens to no errors ends by one of %s, protected or not', async (_client, holds) => {
  const [ours, theirs] = await Promise.all([ending('protected', holds), ending('bare', holds)]);
  expect(theirs).toMatchObject({ code: 1, words: expect.stringContaining("Unhandled 'error' event") });
  expect(ours).toMatchObject({ code: 1, words: expect.stringContaining("Unhandled 'error' event") });
  expect(ours.words).toContain('57P01');
});
