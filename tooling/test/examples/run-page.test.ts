import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runPage } from '../../src/examples/run-page.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchgear-examples-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function example(name: string, program: string): string {
  const file = join(folder, `${name}.mjs`);
  writeFileSync(file, program);
  return file;
}

it('an example that throws is reported, and those around it are not', async () => {
  const fine = example('fine', 'console.log("said"); await Promise.resolve();');
  const broken = example('broken', 'await Promise.reject(new Error("not so"));');
  const wrong = await runPage([fine, broken, fine], 10_000);
  expect([...wrong.keys()]).toEqual([broken]);
  expect(wrong.get(broken)).toContain('not so');
});

it('an example finds the variables that it is given, and those of this process', async () => {
  const reads = example('reads', "if (process.env['A'] !== '1' || !process.env['PATH']) throw new Error('not there');");
  expect([...(await runPage([reads], 10_000, { A: '1' }))]).toEqual([]);
});

it('an example that never ends, and those after it, have not run', async () => {
  const stuck = example('stuck', 'await new Promise(() => {});');
  const next = example('next', '');
  const wrong = await runPage([stuck, next], 10_000);
  expect([...wrong.keys()]).toEqual([stuck, next]);
});

it('an example that runs on for too long is stopped', async () => {
  const long = example('long', 'setInterval(() => {}, 1_000); await new Promise(() => {});');
  expect((await runPage([long], 500)).get(long)).toContain('did not run to its end');
});

it('an error after the last example has ended is reported', async () => {
  const late = example('late', 'setImmediate(() => { throw new Error("too late"); });');
  expect((await runPage([late], 10_000)).get(late)).toContain('too late');
});
