import { describe, expect, it } from 'vitest';
import { plans } from '../properties/plans.ts';
import { movesOf, wordsOf } from './expected.ts';
import { explore } from './explore.ts';

// The whole of every plan is searched by `verify`; here, the whole of the small ones.
describe('over every order of events, in every situation', () => {
  it.each(plans)('$name: keeps the invariants, and healthy traffic closes it', (plan) => {
    const { complete, words, moves, closesWithin } = explore(plan, 6);
    expect(complete).toBe(false);
    expect(closesWithin).toBeLessThan(20);
    expect(wordsOf(plan)).toEqual(expect.arrayContaining([...words]));
    expect(movesOf(plan)).toEqual(expect.arrayContaining([...moves]));
  });

  it.each(plans.filter(({ name }) => /^one probe|no wait/.test(name)))(
    '$name: reaches every expected situation and no other',
    (plan) => {
      const { complete, words, moves } = explore(plan, Infinity);
      expect(complete).toBe(true);
      expect([...words].sort()).toEqual(wordsOf(plan).sort());
      expect([...moves].sort()).toEqual(movesOf(plan).sort());
    },
  );
});
