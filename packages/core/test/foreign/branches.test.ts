import { describe, expect, it } from 'vitest';
import { branchesOf, findBehind } from '../../src/foreign/branches.ts';

const named = (name: string, behind: object = {}) => Object.assign(new Error(name), behind);
const names = (error: unknown) =>
  branchesOf(error).map((branch) => branch.map((link) => (link as Partial<Error>).message ?? 'unknown'));

const throwing = (field: string) => Object.defineProperty(named(field), field, { get: () => expect.fail('read') });
const revoked = () => {
  const { proxy, revoke } = Proxy.revocable(new Error(), {});
  revoke();
  return proxy;
};

describe('the branches of an error', () => {
  it('are one chain for an error with causes, from the outside in', () => {
    expect(names(named('a', { cause: named('b', { cause: named('c') }) }))).toEqual([['a', 'b', 'c']]);
  });

  it('follow the cause first, then the sourceError', () => {
    expect(names(named('a', { cause: named('b'), sourceError: named('c') }))).toEqual([['a', 'b', 'c']]);
  });

  it('are one for each member of an aggregate, with what is behind the member', () => {
    const error = named('all', { errors: [named('a'), named('b', { cause: named('c') })] });
    expect(names(named('outer', { cause: error }))).toEqual([
      ['outer', 'all', 'a'],
      ['outer', 'all', 'b', 'c'],
    ]);
  });

  it('include the cause of an aggregate as one more thing that went wrong', () => {
    expect(names(named('all', { errors: [named('a')], cause: named('b') }))).toEqual([
      ['all', 'a'],
      ['all', 'b'],
    ]);
  });

  it.each([
    ['a primitive', 'text', [['unknown']]],
    ['nothing', undefined, [['unknown']]],
    ['an error without members', named('a', { errors: [] }), [['a']]],
    ['an error whose members are no list', named('a', { errors: { length: 9 } }), [['a']]],
    ['an error whose cause throws when it is read', throwing('cause'), [['cause']]],
    ['an error whose members throw when they are read', throwing('errors'), [['errors']]],
  ])('are one for %s', (_what, error, expected) => {
    expect(
      branchesOf(error).map((branch) => branch.map((link) => (Object(link) as Error).message ?? 'unknown')),
    ).toEqual(expected);
  });

  it('are one for a proxy that has been revoked, as error, member or list of members', () => {
    for (const error of [revoked(), named('a', { errors: revoked() }), named('a', { errors: [revoked()] })]) {
      expect(branchesOf(error)).toHaveLength(1);
    }
  });

  it.each([
    ['one error a million times', new Array(1_000_000).fill(named('same'))],
    ['a length and nothing in it', Object.assign([], { length: 2 ** 32 - 1 })],
    ['a length without end', new Proxy([], { get: (_list, field) => (field === 'length' ? Infinity : undefined) })],
  ])('are few for a list of %s, and one of them is unknown', (_what, errors) => {
    let reads = 0;
    const counted = new Proxy(errors, {
      get(list, field) {
        reads++;
        return Reflect.get(list, field);
      },
    });
    const branches = branchesOf(named('all', { errors: counted }));
    expect(branches.length).toBeLessThan(100);
    expect(reads).toBeLessThan(200);
    expect(branches.at(-1)?.at(-1)).toEqual({});
  });

  it('end where a cycle closes', () => {
    const error = named('a');
    expect(names(Object.assign(error, { cause: error }))).toEqual([['a']]);
  });

  it('are few for members that all point back at their aggregate', () => {
    const errors = Array.from({ length: 25 }, (_, i) => named(String(i)));
    const aggregate = named('all', { errors });
    for (const each of errors) Object.assign(each, { cause: aggregate });
    expect(branchesOf(aggregate)).toHaveLength(25);
  });

  it('stop at a bound, and the rest is unknown', () => {
    let reads = 0;
    const errors = new Proxy(new Array(1_000_000), {
      get(list, field) {
        if (field === 'length') return list.length;
        reads++;
        return named('member');
      },
    });
    const branches = branchesOf(named('all', { errors }));
    expect(reads).toBeLessThan(100);
    expect(branches.at(-1)?.at(-1)).toEqual({});
  });

  it('are searched for the first matching error', () => {
    const wanted = named('b');
    const error = named('all', { errors: [named('a'), named('c', { cause: wanted })] });
    expect(findBehind(error, (link) => (link as Error).message === 'b')).toBe(wanted);
    expect(findBehind(error, () => false)).toBe(undefined);
  });
});
