import { describe, expect, it } from 'vitest';
import { hashOf, idOf } from '../page/data/address.ts';
import { Store } from '../page/data/store.ts';
import { doing, stage } from '../page/parts/format.ts';
import type { Entry } from '../src/history/history.ts';
import type { Row } from '../src/wire/messages.ts';

const ROW: Row = {
  ...{ id: 'a', group: 'a', state: 'half-open', mode: 'active', since: null, until: null },
  ...{ calls: 0, failures: 0, slow: 0, failureRate: null, slowCallRate: null, admitted: null, seconds: [] },
};

describe('the address of a breaker', () => {
  it.each(['payments/eu-1', '100%', '%E0', '%', '#', '__proto__', 'a b', 'a\nb', 'ü✓', '?x=1&y'])(
    'leads to %j',
    (name) => {
      expect(idOf(`#${hashOf(name)}`)).toBe(name);
    },
  );

  it.each([
    ['#%E0', '%E0'],
    ['#50%', '50%'],
    ['#%', '%'],
    ['#%E0%A4%A', '%E0%A4%A'],
    ['#', undefined],
    ['', undefined],
  ])('is used as it is if its encoding is invalid: %s', (hash, name) => {
    expect(idOf(hash)).toBe(name);
  });

  it('can be written for half of a pair of characters, too', () => {
    expect(idOf(`#${hashOf('a\ud800b')}`)).toBe('a\ufffdb');
  });
});

describe('what a half-open breaker does', () => {
  it.each([
    [{}, 'waiting for a probe'],
    [{ admitted: 0.1 }, '10 % let through, no probe settled yet'],
    [{ calls: 1 }, '1 probe settled'],
    [{ calls: 1, admitted: 1 }, '1 probe settled'],
    [{ calls: 3, failures: 1, admitted: 0.637 }, '3 probes settled, 1 failed, 63.7 % let through'],
  ])('is described without contradiction: %o', (row, words) => {
    expect(stage({ ...ROW, ...row })).toBe(words);
  });

  it('never is to wait for a probe and to let some through', () => {
    for (const calls of [0, 1, 20]) {
      for (const admitted of [null, 0, 0.5, 0.637, 1]) {
        expect(doing({ ...ROW, calls, admitted }, 0)).not.toMatch(/waiting.*let through|let through.*waiting/);
      }
    }
  });
});

describe('what the page keeps', () => {
  it('is not pushed out by orders of those who may not give any', () => {
    const store = new Store('');
    const entry = (number: number, type: Entry['type']): Entry => ({ number, at: 0, breaker: 'a', type, says: '' });
    const told = (entries: Entry[]): void => store.apply({ now: 0, rows: [], gone: [], entries });
    told([entry(1, 'move'), entry(2, 'order')]);
    for (let number = 3; number < 900; number++) told([entry(number, 'refused')]);
    told([entry(900, 'move')]);
    expect(store.entries.filter(({ type }) => type !== 'refused').map(({ number }) => number)).toEqual([1, 2, 900]);
    expect(store.entries).toHaveLength(23);
    expect(store.entries.at(-1)?.number).toBe(900);
  });
});
