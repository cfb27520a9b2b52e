import { describe, expect, it } from 'vitest';
import { runSpecs } from '../src/inside/run-specs.ts';
import { allRuntimes, runtimes } from '../src/runtimes/runtimes.ts';
import { allSpecs } from '../src/specs/all-specs.ts';
import { WITHOUT_THREADS } from '../src/specs/kit/capability.ts';
import { equal, rejection, thrown } from '../src/specs/kit/check.ts';

describe('the specs', () => {
  it('have names of their own, since runtimes are compared by them', () => {
    const names = allSpecs.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
  });

  it('run on the oldest and the newest version of a runtime every time, and on those between when all are verified', () => {
    const versionsOf = (list: typeof runtimes) => list.map(({ name }) => name).filter((name) => /^node/.test(name));
    expect(versionsOf(runtimes)).toEqual(['node20', 'node20-require', 'node26']);
    expect(versionsOf(allRuntimes)).toEqual([
      'node20',
      'node20-require',
      'node22',
      'node24',
      'node26',
      'node26-require',
    ]);
    expect(allRuntimes.filter((runtime) => !runtimes.includes(runtime)).map(({ name }) => name)).toEqual([
      'node22',
      'node24',
      'node26-require',
    ]);
  });

  it('each concern a runtime', () => {
    const somewhere = runtimes.flatMap(({ specs, has }) =>
      specs.filter(({ needs = [] }) => needs.every((need) => has.includes(need))),
    );
    expect(allSpecs.filter((spec) => !somewhere.includes(spec))).toEqual([]);
  });

  it('pass or fail by what they throw, and those that need what is missing are left out', async () => {
    const { results, capabilities } = await runSpecs(
      [
        { name: 'passes', run: () => undefined },
        { name: 'throws', run: () => equal(1, 2) },
        { name: 'rejects', run: () => Promise.reject('bare reason') },
        { name: 'needs a server', needs: ['server'], run: () => undefined },
      ],
      {},
    );
    expect(results).toEqual([
      { spec: 'passes' },
      { spec: 'throws', error: 'Error: expected 2, got 1' },
      { spec: 'rejects', error: 'bare reason' },
    ]);
    expect(capabilities).toEqual(WITHOUT_THREADS.filter((each) => each !== 'server'));
  });
});

describe('a check', () => {
  it.each([
    ['numbers', 1, 2],
    ['NaN and nothing', Number.NaN, undefined],
    ['lists of other lengths', [1], [1, 2]],
    ['objects of other keys', { a: 1 }, { b: 1 }],
    ['a list and an object', [], {}],
    ['two errors of one message', new Error('x'), new Error('x')],
    ['two sets, whatever is in them', new Set([1]), new Set([2])],
  ])('tells %s apart', (_what, a, b) => {
    expect(() => equal(a, b)).toThrow(/^expected/);
  });

  it('fails when what is to throw returns, and what is to reject is fulfilled', async () => {
    expect(() => thrown(() => 1)).toThrow('expected it to throw');
    await expect(rejection(Promise.resolve(1))).rejects.toThrow('expected a rejection, got 1');
  });
});
