import { createBreaker, createRegistry } from '@switchgear/core';
import { describe, expect, it } from 'vitest';
import { dashboard, impact, observe } from '../src/index.ts';

const breaker = createBreaker({ name: 'a' });

describe('what are not breakers', () => {
  it.each<[what: string, breakers: unknown, says: string]>([
    ['an object among them', [{}], 'breakers[0] must be a breaker, as createBreaker returns it, got {}'],
    [
      'options among them',
      [breaker, { name: 'b' }],
      'breakers[1] must be a breaker, as createBreaker returns it, got an object with name',
    ],
    ['names', ['payments'], "breakers[0] must be a breaker, as createBreaker returns it, got 'payments'"],
    ['nothing among them', [null], 'breakers[0] must be a breaker, as createBreaker returns it, got null'],
    ['a list in a list', [[breaker]], 'breakers[0] must be a breaker, as createBreaker returns it, got a list'],
    ['one alone', breaker, 'breakers must be a list of breakers: [breaker], got the breaker "a"'],
    ['a map', new Map([['a', breaker]]), 'breakers must be breakers, not names with breakers: map.values(), got a Map'],
    [
      'an object by names',
      { a: breaker },
      'breakers must be an iterable of breakers, such as a list or a registry, got an object with a',
    ],
    ['nothing', undefined, 'breakers must be an iterable of breakers, such as a list or a registry, got undefined'],
    ['a name', 'payments', "breakers must be an iterable of breakers, such as a list or a registry, got 'payments'"],
    ['a number', 7, 'breakers must be an iterable of breakers, such as a list or a registry, got 7'],
  ])('is refused with its name, the rule and the value: %s', (_what, breakers, says) => {
    expect(() => dashboard(breakers as never)).toThrow(new TypeError(`Switchgear: dashboard ${says}`));
    expect(() => observe(breakers as never)).toThrow(new TypeError(`Switchgear: observe ${says}`));
    expect(() => impact(breakers as never)).toThrow(TypeError);
  });

  it('leaves no listener behind when it is refused', () => {
    const first = createBreaker({ name: 'first' });
    expect(() => dashboard([first, {} as never])).toThrow(TypeError);
    const list = [first];
    const history = observe(list);
    first.trip();
    expect(history).toBe(observe(list));
    expect(first.metrics().errors).toBe(0);
  });

  it('that come into a list later are passed over', async () => {
    const list: unknown[] = [breaker];
    const app = dashboard(list as never);
    list.push({}, null, 'payments');
    const { rows } = (await (await app.request('/api/breakers')).json()) as { rows: readonly { id: string }[] };
    expect(rows.map(({ id }) => id)).toEqual(['a']);
  });

  it('and a collection that cannot be read any more leaves what is known', async () => {
    let isBroken = false;
    const told: unknown[] = [];
    const collection = {
      *[Symbol.iterator]() {
        if (isBroken) throw new Error('gone');
        yield breaker;
      },
    };
    const app = dashboard(collection, { onError: (_error, where) => told.push(where) });
    isBroken = true;
    const answer = await app.request('/api/breakers');
    expect([answer.status, (await answer.json()).rows.length, told]).toEqual([200, 1, ['breakers']]);
  });
});

describe('an option', () => {
  it.each<[options: object, says: string]>([
    [{ titel: 'Shop' }, "dashboard has no option 'titel'; it takes keep, outcomes"],
    [{ authorise: () => true }, "dashboard has no option 'authorise'"],
    [{ port: 80 }, "dashboard has no option 'port'"],
    [{ title: 7 }, 'title must be a string, got 7'],
    [{ group: 'service' }, "group must be a function, got 'service'"],
    [{ authorize: true }, 'authorize must be a function, got true'],
    [{ onAudit: {} }, 'onAudit must be a function, got an object'],
    [{ onError: 'log' }, "onError must be a function, got 'log'"],
    [{ origins: 'https://ops.example' }, "origins must be a list of strings, got 'https://ops.example'"],
    [{ origins: [/ops/] }, 'origins[0] must be a string, got an object'],
    [{ streams: -1 }, 'streams must be a whole number of at least 0, got -1'],
    [{ streams: 1.5 }, 'streams must be a whole number of at least 0, got 1.5'],
    [{ keep: '15m' }, "keep must be a number of milliseconds greater than 0, got '15m'"],
    [{ slowerThan: Number.NaN }, 'slowerThan must be a number of milliseconds greater than 0, got NaN'],
    [{ outcomes: 'no' }, "outcomes must be true or false, got 'no'"],
    [{ wall: 5 }, 'wall must be a function, got 5'],
    [{ fallbacks: { a: 3 } }, "fallbacks['a'] must be a function, got 3"],
    [{ fallbacks: () => ({ served: 1 }), prices: null }, 'prices must be an object, got null'],
    [{ prices: { perCall: 1 } }, "prices has no option 'perCall'"],
    [{ prices: { failedCall: -1 } }, 'prices.failedCall must be a number of at least 0, got -1'],
    [{ prices: { currency: 7 } }, 'prices.currency must be a string, got 7'],
  ])('that is not one is refused with its name, the rule and the value: %o', (options, says) => {
    expect(() => dashboard(createRegistry({ options: (name) => ({ name }) }), options)).toThrow(says);
  });

  it.each([null, 'dark', 7])('cannot be said by %o', (options) => {
    expect(() => dashboard([], options as never)).toThrow(/^Switchgear: dashboard must be an object, got /);
  });

  it('left out and given as undefined is the same', () => {
    expect(() =>
      dashboard([], { title: undefined, group: undefined, prices: undefined, streams: undefined }),
    ).not.toThrow();
  });
});
