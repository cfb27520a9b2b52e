import { describe, expect, it } from 'vitest';
import { coreIsBareEcmascript } from '../../src/laws/core-is-bare-ecmascript.ts';
import { brokenBy, manifest } from './broken-by.ts';

function core(lib: unknown, types: unknown, fields = {}, source = ''): string[] {
  return brokenBy(coreIsBareEcmascript, {
    'packages/core/tsconfig.src.json': JSON.stringify({ compilerOptions: { lib, types } }),
    'packages/core/package.json': manifest('@switchgear/core', fields),
    'packages/core/src/x.ts': source,
  });
}

describe('core is bare ECMAScript', () => {
  it('the bare language and no dependency: kept', () => {
    expect(core(['ES2022'], [], { devDependencies: { vitest: '5' } })).toEqual([]);
  });

  it.each([
    ['a lib with the DOM', core(['ES2022', 'DOM'], []), 'lib must be ["ES2022"]'],
    ['an inherited lib', core(undefined, []), 'lib must be ["ES2022"]'],
    ['the types of Node', core(['ES2022'], ['node']), 'types must be []'],
    ['a dependency', core(['ES2022'], [], { dependencies: {} }), 'core has dependencies'],
    ['a peer', core(['ES2022'], [], { peerDependencies: {} }), 'core has peerDependencies'],
    ['a reference to a lib', core(['ES2022'], [], {}, '/// <reference lib="dom" />'), 'bypasses the compiler'],
    ['a silenced error', core(['ES2022'], [], {}, '// @ts-ignore'), 'bypasses the compiler'],
  ])('%s: broken', (_case, broken, what) => {
    expect(broken).toEqual([expect.stringContaining(what)]);
  });
});
