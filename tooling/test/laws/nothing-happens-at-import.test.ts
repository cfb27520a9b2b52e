import { describe, expect, it } from 'vitest';
import { nothingHappensAtImport } from '../../src/laws/nothing-happens-at-import.ts';
import { brokenBy } from './broken-by.ts';

function broken(text: string): string[] {
  return brokenBy(nothingHappensAtImport, { 'packages/core/src/x.ts': text });
}

describe('nothing happens at import', () => {
  it.each([
    ['a call', 'start();'],
    ['a constant from a call', 'export const clock = systemClock();'],
    ['a constant from a method', 'const started = Date.now();'],
    ['a reading of the runtime', 'const { performance } = globalThis.self;'],
    ['an assignment to a global', 'globalThis.switchgear = true;'],
    ['a promise with work behind it', 'const ready = Promise.resolve(load());'],
    ['await', 'await ready;'],
    ['a condition', 'if (debug) { trace = true; }'],
    ['an object with a call inside', 'const options = { at: now() };'],
    ['an instance', 'const registry = new Registry();'],
    ['a static field from a call', 'class A { static at = now(); }'],
    ['a static block that touches others', 'class A { static { register(A); } }'],
    ['a static block that touches another prototype', 'class A { static { Object.assign(Error.prototype, {}); } }'],
    ['properties for a function of another place', 'const g = Object.assign(f, { a: 1 });'],
    ['a package imported for its effects', `import 'polyfill';`],
    ['a plug made at import', 'const HALF = failureRate(0.5);'],
  ])('%s: broken', (_case, text) => {
    expect(broken(text)).toEqual(['packages/core/src/x.ts:1 runs at import']);
  });

  it.each([
    ['functions, classes and types', 'export function f() { g(); } class A { b = now(); } interface I {} type T = I;'],
    ['literals', `const A = 1, b = -1, c = 'x', d = [1, { e: /x/ }], f = \`\${A}\`, g = Number.NaN, h = A + 1;`],
    ['functions as values', 'const now = () => Date.now(); const later = function () { return 1; };'],
    ['containers and symbols', `const seen = new WeakMap<object, string>(); const brand = Symbol.for('x');`],
    ['an already resolved promise', 'const NEXT: Promise<void> = Promise.resolve();'],
    ['options that are made when read', 'const HALF = whenRead(() => ({ openWhen: failureRate(0.5) }));'],
    ['a class that dresses its own prototype', `class A { static { Object.assign(A.prototype, { name: 'A' }); } }`],
    ['a new function with properties', `const plugin = Object.assign((app) => app.go(), { [Symbol.for('x')]: true });`],
    ['names passed on', `import { a } from './a.ts'; import './types.ts'; export { a }; export * from './b.ts';`],
  ])('%s: kept', (_case, text) => {
    expect(broken(text)).toEqual([]);
  });
});
