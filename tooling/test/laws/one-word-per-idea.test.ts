import { describe, expect, it } from 'vitest';
import { oneWordPerIdea } from '../../src/laws/one-word-per-idea.ts';
import { brokenBy } from './broken-by.ts';

function broken(text: string, path = 'packages/core/src/x.ts'): string[] {
  return brokenBy(oneWordPerIdea, { [path]: text });
}

describe('one word per idea', () => {
  it.each([
    ['a variable', 'const trialCount = 1;', 'trial: say probe'],
    ['a type', 'interface CallToken {}', 'token: say permit'],
    ['a member', 'interface A { threshold: number }', 'threshold: say what the limit is on'],
    ['a comment', '/** Lets a canary through. */', 'canary: say probe'],
    ['an I before a name', 'interface IBreaker {}', 'interfaces have no I before their name'],
  ])('%s: broken', (_case, text, what) => {
    expect(broken(text)).toEqual([expect.stringContaining(what)]);
  });

  it('a file or a folder named after nothing: broken', () => {
    expect(broken('', 'packages/core/src/utils/time.ts')).toHaveLength(1);
    expect(broken('', 'packages/core/src/time-helper.ts')).toHaveLength(1);
  });

  it('prose in a page: broken, with its line', () => {
    expect(brokenBy(oneWordPerIdea, { 'docs/x.md': '# Page\n\nOne trial call.' })).toEqual([
      expect.stringMatching(/docs\/x\.md:3.*trial: say probe/),
    ]);
  });

  it.each([
    ['code in a page', 'docs/x.md', 'Their `token`.\n\n```ts\nconst token = 1;\n```\n<!-- ts const token = 1; -->'],
    ['what a page quotes', 'packages/x/README.md', 'Others say "semaphore".'],
    ['the glossary', 'docs/glossary.md', 'permit, not token'],
    ['a page that is not for readers', 'packages/x/test/traps/README.md', 'a token'],
  ])('%s: kept', (_case, path, text) => {
    expect(broken(text, path)).toEqual([]);
  });

  it.each([
    ['a word that a name only contains', 'const retrials = 1; const tokenless = 2; const slowThreshold = 3;'],
    ['a name that is used, not given', 'const x = request.cancelToken; host.trial();'],
    ['code in a comment', '/** What axios calls `CancelToken`; see "Exponential Backoff And Jitter". */'],
    ['an interface whose name begins with I', 'interface Instant {}'],
  ])('%s: kept', (_case, text) => {
    expect(broken(text)).toEqual([]);
  });
});
