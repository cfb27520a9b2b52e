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

  it.each([
    ['a word that a name only contains', 'const retrials = 1; const tokenless = 2; const slowThreshold = 3;'],
    ['a name that is used, not given', 'const x = request.cancelToken; host.trial();'],
    ['code in a comment', '/** What axios calls `CancelToken`; see "Exponential Backoff And Jitter". */'],
    ['an interface whose name begins with I', 'interface Instant {}'],
  ])('%s: kept', (_case, text) => {
    expect(broken(text)).toEqual([]);
  });
});
