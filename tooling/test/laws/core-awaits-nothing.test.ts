import { describe, expect, it } from 'vitest';
import { coreAwaitsNothing } from '../../src/laws/core-awaits-nothing.ts';
import { brokenBy } from './broken-by.ts';

describe('core awaits nothing', () => {
  it.each([
    ['an async function', 'async function run() {}'],
    ['an async arrow', 'const run = async () => {};'],
    ['an async method', 'class A { async run() {} }'],
    ['await', 'await call;'],
    ['for await', 'for await (const each of calls) {}'],
    ['a promise of our own', 'const done = new Promise(() => {});'],
  ])('%s: broken', (_case, text) => {
    expect(brokenBy(coreAwaitsNothing, { 'packages/core/src/breaker/x.ts': text })).toHaveLength(1);
  });

  it('a derived promise: kept', () => {
    const text = 'function run(call) { return Promise.resolve(call()).then(ok, err); }';
    expect(brokenBy(coreAwaitsNothing, { 'packages/core/src/breaker/x.ts': text })).toEqual([]);
  });

  it('the promise that carries a refusal: kept', () => {
    const text = 'const refused = new Promise((_, reject) => reject(error));';
    expect(brokenBy(coreAwaitsNothing, { 'packages/core/src/call/promise.ts': text })).toEqual([]);
  });

  const driver = 'packages/sharing/src/bus/driver.ts';
  const company = 'packages/sharing/src/circuit/company.ts';

  it.each([
    ['a class', 'class A implements Company { async tell() {} }'],
    ['an object', 'const company: Company = { tell: async () => {} };'],
  ])('%s that is a company and waits: broken', (_case, text) => {
    expect(brokenBy(coreAwaitsNothing, { [company]: text })).toHaveLength(1);
  });

  it('what a company imports, and that imports, waits: broken, but not what it imports for types', () => {
    const files = {
      [company]: "import { b } from './b.ts'; import type { D } from './d.ts'; class A implements Company {}",
      'packages/sharing/src/circuit/b.ts': "export { c } from '../pool/c.ts';",
      'packages/sharing/src/pool/c.ts': 'export const c = new Promise(() => {});',
      'packages/sharing/src/circuit/d.ts': 'export async function d() {}',
    };
    expect(brokenBy(coreAwaitsNothing, files)).toEqual([expect.stringContaining('pool/c.ts:1 a promise of our own')]);
  });

  it.each([
    ['a function that waits for a process', 'function aBus(): Bus { execSync("redis-cli"); }'],
    ['a method that waits for a file', 'class A implements Connection { send() { fs.writeFileSync("a", "b"); } }'],
    ['a lock', 'const bus: Bus = { open() { Atomics.wait(memory, 0, 0); } };'],
  ])('%s in a driver: broken', (_case, text) => {
    expect(brokenBy(coreAwaitsNothing, { [driver]: text })).toHaveLength(1);
  });

  it('a driver that waits beside the calls, and other files that wait: kept', () => {
    const files = {
      [driver]: 'class A implements Connection { async send() { await this.client.publish(); } }',
      'packages/config/src/load.ts': 'async function load() { return readFileSync("a"); }',
    };
    expect(brokenBy(coreAwaitsNothing, files)).toEqual([]);
  });
});
