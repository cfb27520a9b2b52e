import { expect, it } from 'vitest';
import { readRepository } from '../../src/repository/read-repository.ts';

const repository = readRepository();

/** What only Vite's modules obey. Where Node loads them it would do nothing, and say nothing. */
const NEEDS_VITE = /\bvi\.(?:resetModules|mock|doMock|hoisted)\(/;
const TEST = /^((?:packages|apps|bench)\/[^/]+|bench|tooling|runtime-tests)\/test\/.*\.ts$/;

it('tests that replace or repeat modules are in projects whose modules Vite loads', () => {
  const inVain = [...repository].filter(([path, text]) => {
    const folder = TEST.exec(path)?.[1];
    if (folder === undefined || !NEEDS_VITE.test(text)) return false;
    return !repository.get(`${folder}/vitest.config.ts`)?.includes('...loadedByVite');
  });
  expect(inVain.map(([path]) => path)).toEqual([]);
});
