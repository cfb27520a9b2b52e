import { describe, expect, it } from 'vitest';
import { timeAndChanceAreArguments } from '../../src/laws/time-and-chance-are-arguments.ts';
import { brokenBy } from './broken-by.ts';

function core(text: string, path = 'rules/x.ts'): string[] {
  return brokenBy(timeAndChanceAreArguments, { [`packages/core/src/${path}`]: text });
}

describe('time and chance are arguments', () => {
  it.each([
    ['Date.now()', 'const at = Date.now();'],
    ['Date.now passed on', 'const now = Date.now;'],
    ['new Date()', 'const at = new Date();'],
    ['Date passed on', 'const { now } = Date;'],
    ['Math.random()', 'const luck = Math.random();'],
    ['Math passed on', 'const { random } = Math;'],
    ['Math by a computed name', `const luck = Math['random']();`],
    ['the global object', 'const clock = globalThis.performance;'],
    ['a declaration of a global', 'declare const performance: { now(): number };'],
  ])('%s: broken', (_case, text) => {
    expect(core(text)).toHaveLength(1);
  });

  it.each([
    ['arithmetic', 'const x = Math.max(1, Math.min(2, 3));'],
    ['a member of that name', 'const at = clock.Date.now(); const luck = plan.random();'],
    ['a key of that name', 'const parts = { Date: 1, Math: 2 };'],
    ['a type of that name', 'function f(date: Date): Math { return date as never; }'],
    ['a date computed from numbers', 'const start = Date.UTC(2026, 0, 1);'],
  ])('%s: kept', (_case, text) => {
    expect(core(text)).toEqual([]);
  });

  it('the system clock may name Date.now and the global object, and nothing else', () => {
    const path = 'circuit/clock.ts';
    expect(core('const now = globalThis.performance ?? Date.now;', path)).toEqual([]);
    expect(core('const now = globalThis.performance ?? Date.now; Math.random();', path)).toHaveLength(1);
  });

  it('a permission that is not used any more is broken', () => {
    expect(core('const now = Date.now;', 'circuit/clock.ts')).toEqual([
      'packages/core/src/circuit/clock.ts does not use globalThis any more: remove it from mayName',
    ]);
  });
});
