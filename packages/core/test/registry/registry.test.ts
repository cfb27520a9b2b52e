import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Breaker,
  consecutiveFailures,
  createRegistry,
  externalApi,
  fixed,
  optionsByKey,
  type Registry,
} from '../../src/index.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';
import { holds } from '../properties/holds.ts';

function registryOf(max: number): { registry: Registry; clock: ReturnType<typeof manualClock> } {
  const clock = manualClock();
  const options = (name: string) => ({ name, clock, openWhen: consecutiveFailures(1), openFor: fixed(1_000) });
  return { registry: createRegistry({ options, max }), clock };
}

const names = (registry: Registry): string[] => [...registry].map(({ name }) => name);

describe('a registry', () => {
  it('makes a breaker when its key is first asked for, and gives the same one ever after', () => {
    const { registry } = registryOf(3);
    expect(registry.peek('a')).toBeUndefined();
    const a = registry.get('a');
    expect(registry.get('a')).toBe(a);
    expect(registry.peek('a')).toBe(a);
    expect(registry.size).toBe(1);
  });

  it('at its limit forgets the least recently used closed circuit; peeking does not count as use', () => {
    const { registry } = registryOf(2);
    registry.get('a');
    registry.get('b');
    registry.get('a');
    registry.peek('b');
    registry.get('c');
    expect(names(registry).sort()).toEqual(['a', 'c']);
  });

  it('keeps an open circuit while there is a closed one to forget, however long ago it was used', () => {
    const { registry } = registryOf(2);
    registry.get('down').trip();
    for (const key of ['a', 'b', 'c']) registry.get(key);
    expect(names(registry).sort()).toEqual(['c', 'down']);
  });

  it('with none closed forgets the one nearest its next attempt', () => {
    const { registry, clock } = registryOf(2);
    registry.get('long').trip(9_000);
    registry.get('short').trip(2_000);
    clock.advance(1);
    registry.get('new');
    expect(names(registry).sort()).toEqual(['long', 'new']);
  });

  it('keeps a circuit whose mode an operator has changed, even if closed', () => {
    const { registry } = registryOf(2);
    registry.get('a').setMode('isolated');
    registry.get('b');
    registry.get('c');
    expect(registry.peek('a')?.mode).toBe('isolated');
    registry.get('a').setMode('active');
    registry.get('c');
    registry.get('d');
    expect(registry.peek('a')).toBeUndefined();
  });

  it('with none closed evicts a circuit in trouble before one whose mode an operator has changed', () => {
    const { registry } = registryOf(2);
    registry.get('a').setMode('disabled');
    registry.get('b').trip(60_000);
    registry.get('c');
    expect(names(registry).sort()).toEqual(['a', 'c']);
  });

  it('does not count a forgotten breaker’s move as use of the new breaker of its key', () => {
    const { registry } = registryOf(2);
    const forgotten = registry.get('a');
    registry.delete('a');
    registry.get('a');
    registry.get('b');
    forgotten.trip(60_000);
    registry.get('c');
    expect(names(registry).sort()).toEqual(['b', 'c']);
  });

  it('may forget a circuit that has closed again', () => {
    const { registry } = registryOf(2);
    registry.get('a').trip();
    registry.get('a').reset();
    registry.get('b');
    registry.get('c');
    expect(names(registry).sort()).toEqual(['b', 'c']);
  });

  it('settles calls of a breaker it has forgotten, and does not take it back', () => {
    const { registry } = registryOf(1);
    const forgotten = registry.get('a');
    const permit = forgotten.acquire();
    registry.get('b');
    permit.settle('failure');
    expect(forgotten.state).toBe('open');
    expect(names(registry)).toEqual(['b']);
  });

  it('forgets on request', () => {
    const { registry } = registryOf(2);
    registry.get('a');
    expect(registry.delete('a')).toBe(true);
    expect(registry.delete('a')).toBe(false);
    expect(registry.size).toBe(0);
  });

  it('is never larger than its limit, and never forgets a circuit in trouble beside a closed one', () => {
    const step = fc.tuple(
      fc.constantFrom(...'abcdefgh'),
      fc.constantFrom('get', 'trip', 'halfOpen', 'reset', 'delete'),
    );
    holds(
      fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 4 }), (steps, max) => {
        const { registry } = registryOf(max);
        for (const [key, act] of steps) {
          const before = [...registry];
          const closed = before.filter(({ state }) => state === 'closed').length;
          const isNew = registry.peek(key) === undefined;
          if (act === 'delete') registry.delete(key);
          else {
            const breaker: Breaker = registry.get(key);
            const gone = before.filter((kept) => ![...registry].includes(kept));
            if (isNew && closed > 0) expect(gone.every(({ state }) => state === 'closed')).toBe(true);
            if (act === 'trip') breaker.trip();
            if (act === 'halfOpen') breaker.halfOpen();
            if (act === 'reset') breaker.reset();
          }
          expect(registry.size).toBeLessThanOrEqual(max);
          expect([...registry]).toHaveLength(registry.size);
        }
      }),
    );
  });

  it.each<[make: () => unknown, message: string]>([
    [() => createRegistry({} as never), 'createRegistry options must be a function, got undefined'],
    [
      () => createRegistry({ options: () => ({ name: 'a' }), max: 0 }),
      'createRegistry max must be a whole number of at least 1, got 0',
    ],
    [
      () => createRegistry({ options: () => ({ name: '' }) }).get('a'),
      "name must be a string that is not empty, got ''",
    ],
  ])('refuses at creation: %2$s', (make, message) => {
    expect(make).toThrow(message);
  });
});

describe('optionsByKey', () => {
  it('takes the first key or pattern that fits, over the default', () => {
    const options = optionsByKey(
      [
        ['https://pay.example', { permitTimeout: 5_000 }],
        [/\.example$/, { permitTimeout: 6_000 }],
      ],
      externalApi,
    );
    expect(options('https://pay.example')).toMatchObject({ name: 'https://pay.example', permitTimeout: 5_000 });
    expect(options('https://tiles.example')).toMatchObject({ permitTimeout: 6_000, window: externalApi.window });
    expect(options('https://other.test')).toEqual({ ...externalApi, name: 'https://other.test' });
  });
});
