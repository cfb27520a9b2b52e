import { describe, expect, it } from 'vitest';
import { consecutiveFailures, createRegistry, fixed, optionsByKey, type Registry } from '../../src/index.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';

const names = (registry: Registry): string[] => [...registry].map(({ name }) => name);

function registryOf(max: number) {
  const clock = manualClock();
  const options = (name: string) => ({ name, clock, openWhen: consecutiveFailures(1), openFor: fixed(1_000) });
  return { registry: createRegistry({ options, max }), clock };
}

describe('a registry', () => {
  it('keeps a thousand breakers by default', () => {
    const registry = createRegistry({ options: (name) => ({ name }) });
    for (let key = 0; key < 1_001; key++) registry.get(`k${key}`);
    expect(registry.size).toBe(1_000);
    expect(registry.peek('k0')).toBeUndefined();
    expect(registry.peek('k1')).toBeDefined();
  });

  it('lists closed circuits before those in trouble, each by last use', () => {
    const { registry } = registryOf(9);
    for (const key of ['a', 'b', 'c', 'd']) registry.get(key);
    registry.get('b').trip();
    registry.get('a').trip();
    registry.get('c');
    expect(names(registry)).toEqual(['d', 'c', 'b', 'a']);
  });

  it('counts, finds and forgets those in trouble like the others', () => {
    const { registry } = registryOf(9);
    registry.get('down').trip();
    registry.get('fine');
    expect(registry.size).toBe(2);
    expect(registry.peek('down')?.state).toBe('open');
    expect(registry.delete('down')).toBe(true);
    expect(registry.peek('down')).toBeUndefined();
    expect(registry.size).toBe(1);
  });

  it('treats a circuit as in trouble as soon as it opens, even without a request', () => {
    const { registry } = registryOf(2);
    const down = registry.get('down');
    registry.get('fine');
    down.acquire().settle('failure');
    registry.get('new');
    expect(names(registry)).toEqual(['new', 'down']);
  });

  it('does not take back a deleted breaker that moves afterwards', () => {
    const { registry } = registryOf(2);
    const forgotten = registry.get('a');
    registry.delete('a');
    const another = registry.get('a');
    forgotten.trip();
    expect(registry.peek('a')).toBe(another);
    expect(names(registry)).toEqual(['a']);
    registry.delete('a');
    forgotten.reset();
    expect(registry.size).toBe(0);
  });

  it('with none closed forgets the first used of those equally near their next attempt', () => {
    const { registry } = registryOf(3);
    for (const key of ['a', 'b', 'c']) registry.get(key).trip(5_000);
    registry.get('new');
    expect(names(registry)).toEqual(['new', 'b', 'c']);
  });

  it('with none closed finds the nearest one anywhere in the queue', () => {
    for (const [waits, gone] of [
      [[1, 2, 3], 'k0'],
      [[2, 1, 3], 'k1'],
      [[3, 2, 1], 'k2'],
    ] as const) {
      const { registry } = registryOf(3);
      for (const [index, wait] of waits.entries()) registry.get(`k${index}`).trip(wait * 1_000);
      registry.get('new');
      expect(registry.peek(gone)).toBeUndefined();
      expect(registry.size).toBe(3);
    }
  });

  it('forgets even an isolated circuit if there is no other: the bound holds', () => {
    const { registry } = registryOf(1);
    const isolated = registry.get('a');
    isolated.trip();
    isolated.setMode('isolated');
    registry.get('b');
    expect(names(registry)).toEqual(['b']);
  });

  it('makes nothing and forgets nothing when the options of a key are refused', () => {
    const options = (name: string) => ({ name: name === 'bad' ? '' : name });
    const registry = createRegistry({ options, max: 1 });
    registry.get('good');
    expect(() => registry.get('bad')).toThrow('name must be');
    expect(names(registry)).toEqual(['good']);
  });

  it.each<[make: () => unknown, message: string]>([
    [() => createRegistry(undefined as never), 'createRegistry must be an object, got undefined'],
    [
      () => createRegistry({ options: (name: string) => ({ name }), size: 5 } as never),
      "createRegistry has no option 'size'; it takes options, max",
    ],
  ])('refuses at creation: %2$s', (make, message) => {
    expect(make).toThrow(message);
  });
});

describe('optionsByKey', () => {
  it('needs no default, and takes a key for its own name only', () => {
    const options = optionsByKey([['a', { permitTimeout: 5 }]]);
    expect(options('a')).toEqual({ name: 'a', permitTimeout: 5 });
    expect(options('ab')).toEqual({ name: 'ab' });
  });

  it('tries a pattern from the start of each key, even one with a lastIndex', () => {
    const options = optionsByKey([[/a/g, { permitTimeout: 5 }]]);
    for (let times = 0; times < 3; times++) expect(options('ba')).toEqual({ name: 'ba', permitTimeout: 5 });
    expect(options('bb')).toEqual({ name: 'bb' });
  });

  it('accepts a pattern that matches at the start', () => {
    expect(optionsByKey([[/^a/, { permitTimeout: 5 }]])('ab')).toEqual({ name: 'ab', permitTimeout: 5 });
  });

  it('does not let options set another name than the key', () => {
    const options = optionsByKey([['a', { name: 'b' } as never]], { name: 'c' } as never);
    expect(options('a').name).toBe('a');
  });
});
