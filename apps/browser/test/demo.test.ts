import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import { startDemo } from '../src/demo/start-demo.ts';

const MAIN = fileURLToPath(new URL('../src/demo/main.ts', import.meta.url));
let demo: ChildProcess | undefined;
afterEach(() => demo?.kill('SIGKILL'));

it('the demo serves page and tiles until Ctrl-C, and then nothing of it is left', async () => {
  demo = spawn(process.execPath, ['--conditions=@switchgear/source', MAIN, '--no-open', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const urls = await announced(demo);
  expect(urls).toHaveLength(3);
  const [page, tiles, operator] = urls as [string, string, string];
  expect(await (await fetch(page)).text()).toContain('<title>Weather map</title>');
  expect((await fetch(`${tiles}/tiles/4/0/0.svg`)).status).toBe(200);
  expect((await fetch(`${operator}/report`)).status).toBe(200);

  const ended = once(demo, 'exit');
  demo.kill('SIGINT');
  expect(await ended).toEqual([0, null]);
  for (const url of urls) await expect(fetch(url)).rejects.toThrow('fetch failed');
});

it('the page gets its tiles through a proxy if it is told one, such as that of apps/edge', async () => {
  await using running = await startDemo(0, 'http://127.0.0.1:8081');
  const module = await (await fetch(`${running.pageUrl}src/page/server/server-control.ts`)).text();
  expect(module).toContain('http://127.0.0.1:8081');
  expect(module).not.toContain(running.tileServer.url);
});

/** The addresses it prints before it says how to end it. */
async function announced(demo: ChildProcess): Promise<string[]> {
  let text = '';
  for await (const chunk of demo.stdout?.setEncoding('utf8') ?? []) {
    text += chunk;
    if (text.includes('Ctrl-C')) break;
  }
  const [page, server] = text.split('\n');
  return `${page} ${server}`.match(/http:\/\/[\d.:]+/g) ?? [];
}
