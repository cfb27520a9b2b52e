import { describe, expect, it } from 'vitest';
import { testsStateRules } from '../../src/laws/tests-state-rules.ts';
import { brokenBy } from './broken-by.ts';

function broken(text: string, path = 'packages/core/test/x.test.ts'): string[] {
  return brokenBy(testsStateRules, { [path]: text });
}

describe('tests state rules', () => {
  it.each([
    ['should', `it('should open', () => {});`],
    ['works', `it.concurrent('really works', () => {});`],
    ['as expected', `describe('opens as expected', () => {});`],
    ['a vague table', `it.each([1])('handles %s', () => {});`],
    ['a sleep', `await new Promise((done) => setTimeout(done, 10));`],
  ])('%s: broken', (_case, text) => {
    expect(broken(text)).toHaveLength(1);
  });

  it.each(['apps/shop', 'bench', 'bench/faults', 'runtime-tests', 'tooling'])('tests of %s too: broken', (folder) => {
    expect(broken(`it('should open', () => {});`, `${folder}/test/x.test.ts`)).toHaveLength(1);
  });

  it('a rule: kept', () => {
    expect(broken(`it('a permit settles once', () => {});`)).toEqual([]);
  });
});
