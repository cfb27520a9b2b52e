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
});
