import { describe, expect, it } from 'vitest';
import {
  type Breaker,
  type BreakerEvent,
  type BreakerOptions,
  createRegistry,
  type Registry,
  snapshot,
} from '../../src/index.ts';

const registryOf = (max = 9) => createRegistry({ options: (name) => ({ name }), max });

const names = (breakers: Iterable<Breaker>): string[] => [...breakers].map(({ name }) => name).sort();

const abc = ['a', 'b', 'c'];

describe('iterating visits the breakers that were there when it began, each once:', () => {
  it.each<[what: string, meanwhile: (registry: Registry, breaker: Breaker) => unknown]>([
    ['they are asked for', (registry, { name }) => registry.get(name)],
    ['all are asked for', (registry) => abc.map((key) => registry.get(key))],
    ['others are asked for', (registry, { name }) => registry.get(`new ${name}`)],
    [
      'enough others that all are forgotten',
      (registry) => abc.map((key, index) => registry.get(`${key} ${index} ${registry.size}`)),
    ],
    ['they are forgotten', (registry, { name }) => registry.delete(name)],
    ['all are forgotten', (registry) => abc.map((key) => registry.delete(key))],
    ['they are forgotten and made again', (registry, { name }) => registry.delete(name) && registry.get(name)],
    ['they open', (_registry, breaker) => breaker.trip()],
    ['they open and close', (_registry, breaker) => [breaker.trip(), breaker.reset()]],
    ['their mode changes', (_registry, breaker) => breaker.setMode('isolated')],
    ['a listener subscribes', (registry) => registry.subscribe(() => {})],
    ['they are looked at', (registry, breaker) => [registry.peek(breaker.name), snapshot(breaker), breaker.metrics()]],
    ['it is iterated again', (registry) => [...registry]],
  ])('while %s', (_what, meanwhile) => {
    for (const max of [3, 9]) {
      const registry = registryOf(max);
      for (const key of abc) registry.get(key);
      registry.get('b').trip();
      const visited: Breaker[] = [];
      for (const breaker of registry) {
        visited.push(breaker);
        meanwhile(registry, breaker);
        if (visited.length > 9) break;
      }
      expect(names(visited)).toEqual(abc);
    }
  });

  it('while something else happens between two of them', async () => {
    const registry = registryOf(3);
    for (const key of abc) registry.get(key);
    const visited: string[] = [];
    for (const breaker of registry) {
      await Promise.resolve();
      for (const key of [breaker.name, 'd', 'e']) registry.get(key);
      visited.push(snapshot(breaker).state, breaker.name);
    }
    expect(visited).toEqual(['closed', 'a', 'closed', 'b', 'closed', 'c']);
  });

  it('from the moment an iterator is made', () => {
    const registry = registryOf();
    registry.get('a');
    const iterator = registry[Symbol.iterator]();
    registry.get('b');
    expect(names({ [Symbol.iterator]: () => iterator })).toEqual(['a']);
  });
});

describe('options that come from user code', () => {
  it('may ask for other keys, whose breakers are made once', () => {
    const made: string[] = [];
    const registry: Registry = createRegistry({
      options: (name) => {
        made.push(name);
        return { name: name === 'a' ? `a beside ${registry.get('b').name}` : name };
      },
    });
    expect(registry.get('a').name).toBe('a beside b');
    registry.get('b');
    expect(made).toEqual(['a', 'b']);
  });

  it.each<[what: string, options: (registry: () => Registry) => (key: string) => BreakerOptions]>([
    ['that ask for their own key', (registry) => (name) => ({ ...registry().get(name), name })],
    ['that ask for each other', (registry) => (name) => ({ name: registry().get(name === 'a' ? 'b' : 'a').name })],
    [
      'whose getters ask for their own key',
      (registry) => (name) => ({
        get name() {
          return registry().get(name).name;
        },
      }),
    ],
    [
      'whose plugs ask for their own key',
      (registry) => (name) => ({ name, recover: { build: () => registry().get(name) as never } }),
    ],
  ])('%s are refused, and no breaker is made', (_what, options) => {
    const registry: Registry = createRegistry({ options: options(() => registry) });
    for (let times = 0; times < 2; times++) {
      expect(() => registry.get('a')).toThrow(
        "createRegistry options must be a function that does not call get for its own key, got 'a'",
      );
      expect(registry.size).toBe(0);
    }
  });

  it('that get their own key and catch the error make one breaker', () => {
    const registry: Registry = createRegistry({
      options: (name) => {
        expect(() => registry.get(name)).toThrow(TypeError);
        return { name };
      },
    });
    expect(registry.get('a')).toBe(registry.get('a'));
    expect(registry.size).toBe(1);
  });

  it('that throw, or are refused, leave the registry as it was', () => {
    let isBroken = true;
    const received: BreakerEvent[] = [];
    const registry = createRegistry({
      options: (name) => {
        if (name === 'bad' && isBroken) throw new RangeError('no options');
        return { name: name === 'odd' ? '' : name };
      },
      max: 2,
    });
    registry.subscribe((event) => received.push(event));
    for (const key of ['a', 'b']) registry.get(key);
    expect(() => registry.get('bad')).toThrow('no options');
    expect(() => registry.get('odd')).toThrow('name must be');
    expect(names(registry)).toEqual(['a', 'b']);
    isBroken = false;
    registry.get('bad').trip();
    expect(names(registry)).toEqual(['b', 'bad']);
    expect(received).toHaveLength(1);
  });

  it('may give several keys one name: their breakers are apart, and listeners see them as one', () => {
    const registry = createRegistry({ options: () => ({ name: 'payments' }) });
    const received: string[] = [];
    registry.subscribe(({ breaker }) => received.push(breaker));
    registry.get('tenant 1').trip();
    registry.get('tenant 2');
    expect([registry.peek('tenant 1')?.state, registry.peek('tenant 2')?.state]).toEqual(['open', 'closed']);
    registry.get('tenant 2').trip();
    expect(received).toEqual(['payments', 'payments']);
    expect(registry.delete('tenant 1')).toBe(true);
    expect(registry.peek('tenant 2')?.state).toBe('open');
  });
});

describe('a key that is not a string is refused, and no breaker is made:', () => {
  it.each<[key: unknown, shown: string]>([
    [undefined, 'undefined'],
    [null, 'null'],
    [5, '5'],
    [Symbol.iterator, 'Symbol(Symbol.iterator)'],
    [new URL('https://pay.example'), 'an object'],
    [['a'], 'an object'],
    [Object('a'), 'an object'],
    [() => 'a', 'a function'],
  ])('%s', (key, shown) => {
    const registry = createRegistry({
      options: () => {
        throw new Error('asked');
      },
    });
    for (const method of ['get', 'peek', 'delete'] as const)
      expect(() => registry[method](key as string)).toThrow(`registry key must be a string, got ${shown}`);
    expect(registry.size).toBe(0);
  });

  it.each(['', '__proto__', 'constructor', 'a\0b', '💥', 'k'.repeat(10_000)])('any string is a key: %j', (key) => {
    const registry = createRegistry({ options: () => ({ name: 'named' }) });
    expect(registry.peek(key)).toBeUndefined();
    expect(registry.get(key)).toBe(registry.peek(key));
    expect(registry.delete(key)).toBe(true);
    expect(registry.size).toBe(0);
  });
});
