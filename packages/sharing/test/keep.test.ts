import { type BreakerOptions, createBreaker, createRegistry, fixed } from '@switchgear/core';
import { describe, expect, it } from 'vitest';
import { type KeepStore, keep } from '../src/index.ts';

/** A store as a page has it, and one as a network has it. */
function stores() {
  const map = new Map<string, string>();
  const turn = () => new Promise(setImmediate);
  return {
    map,
    atOnce: {
      get: (name) => map.get(name) ?? null,
      set: (name, text) => map.set(name, text),
    } satisfies KeepStore,
    later: {
      async get(name) {
        await turn();
        return map.get(name);
      },
      async set(name, text) {
        await turn();
        map.set(name, text);
      },
    } satisfies KeepStore,
  };
}

function breaker(options: Partial<BreakerOptions> = {}) {
  const errors: unknown[] = [];
  const made = createBreaker({ name: 'payments', openFor: fixed(60_000), onError: (e) => errors.push(e), ...options });
  return { made, errors };
}

describe.each(['atOnce', 'later'] as const)('a store that answers %s', (which) => {
  it('brings an open circuit over a restart, with the rest of its wait', async () => {
    const { [which]: store } = stores();
    const { made: before } = breaker();
    const kept = keep(before, store);
    await kept.ready;
    before.trip(50_000);
    await kept.saved();
    const { made: after } = breaker();
    await keep(after, store).ready;
    expect(after.state).toBe('open');
    expect(after.retryAfter).toBeGreaterThan(40_000);
    expect(after.retryAfter).toBeLessThanOrEqual(50_000);
  });

  it('brings what an operator has set', async () => {
    const { [which]: store } = stores();
    const { made: before } = breaker();
    const kept = keep(before, store);
    before.setMode('isolated');
    await kept.saved();
    const { made: after } = breaker();
    await keep(after, store).ready;
    expect(after.mode).toBe('isolated');
    after.setMode('active');
    expect(after.state).toBe('closed');
  });

  it('stores the last move, however many there are', async () => {
    const { [which]: store, map } = stores();
    const { made } = breaker();
    const kept = keep(made, store);
    for (let i = 0; i < 5; i++) {
      made.trip();
      made.halfOpen();
    }
    await kept.saved();
    expect(JSON.parse(map.get('payments') ?? '')).toMatchObject({ state: 'half-open' });
  });

  it('stores nothing any more after stop', async () => {
    const { [which]: store, map } = stores();
    const { made } = breaker();
    const kept = keep(made, store);
    kept.stop();
    made.trip();
    await kept.saved();
    expect(map.size).toBe(0);
  });
});

describe('keep', () => {
  it('restores before the first call if the store answers at once, also of a registry that makes breakers later', () => {
    const { atOnce } = stores();
    const options = () => createRegistry({ options: (name) => ({ name, openFor: fixed(60_000) }) });
    const before = options();
    keep(before, atOnce);
    before.get('one').trip();
    before.get('two');
    const after = options();
    keep(after, atOnce);
    expect([after.get('one').state, after.get('two').state]).toEqual(['open', 'closed']);
  });

  it('keeps several breakers', () => {
    const { atOnce, map } = stores();
    const all = ['one', 'two'].map((name) => createBreaker({ name }));
    keep(all, atOnce);
    for (const each of all) each.trip();
    expect([...map.keys()]).toEqual(['one', 'two']);
  });

  it('restores nothing over a move that was made before the store had answered', async () => {
    const { later, map } = stores();
    map.set('payments', JSON.stringify({ version: 1, state: 'closed', mode: 'active', since: Date.now(), attempt: 0 }));
    const { made: after } = breaker();
    const kept = keep(after, later);
    after.trip();
    await kept.ready;
    expect(after.state).toBe('open');
  });

  it('writes one text of a name at a time, and gives up waiting for one that never ends', async () => {
    let now = 0;
    const written: string[] = [];
    const set = (_: string, text: string) => {
      written.push(JSON.parse(text).state);
      return new Promise(() => {});
    };
    const { made } = breaker({ clock: { now: () => now } });
    keep(made, { get: () => undefined, set });
    made.trip();
    made.reset();
    expect(written).toEqual(['open']);
    now += 30_000;
    made.trip();
    expect(written).toEqual(['open', 'open']);
  });

  it.each<[string, KeepStore, number]>([
    [
      'throws',
      {
        get: () => {
          throw new Error('down');
        },
        set: () => {
          throw new Error('down');
        },
      },
      2,
    ],
    ['rejects', { get: () => Promise.reject(new Error('down')), set: () => Promise.reject(new Error('down')) }, 2],
    ['has what is no snapshot', { get: () => '{"version":7}', set: () => {} }, 1],
    ['has what is no JSON', { get: async () => 'x', set: () => {} }, 1],
  ])('goes on if the store %s, and reports it to the breaker', async (_, store, faults) => {
    const { made, errors } = breaker();
    const kept = keep(made, store);
    await kept.ready;
    made.trip();
    await kept.saved();
    expect(errors.length).toBe(faults);
    expect(made.state).toBe('open');
  });

  it('refuses what is no store', () => {
    const { made } = breaker();
    expect(() => keep(made, { get: () => null } as never)).toThrow(/keep set/);
    expect(() => keep(made, { get: 5, set: () => {} } as never)).toThrow(/keep get/);
    expect(() => keep(made, { get: () => null, set: () => {}, put: 1 } as never)).toThrow(/put/);
  });
});
