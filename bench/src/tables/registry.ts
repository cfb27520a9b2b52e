import { createRegistry, fixed, type Registry } from '@switchgear/core';
import { again, type Loop } from '../measure/loops.ts';
import { howMany } from '../measure/pace.ts';
import { costOf, measureRounds, type Rounds, type Runner } from '../measure/rounds.ts';
import type { Table } from './table.ts';

const SIZES = [100, 1_000, 10_000, 100_000] as const;

/** All breakers of a registry share plugs and a clock that the benchmark moves. */
let now = 0;
const policy = { openFor: fixed(1_000), clock: { now: () => now } };

function full(max: number, prefix: string): Registry {
  const registry = createRegistry({ options: (name) => ({ name, ...policy }), max });
  for (let key = 0; key < max; key++) registry.get(`${prefix} ${key}`);
  return registry;
}

const made = new Map<number, Registry>();

/** The registries that are only read from: making many takes longer than reading. */
function read(max: number): Registry {
  const registry = made.get(max) ?? full(max, 'read');
  made.set(max, registry);
  return registry;
}

/** Keys in an order that no cache foresees. */
function shuffledKeys(max: number, prefix: string): readonly string[] {
  const keys = Array.from({ length: max }, (_, key) => `${prefix} ${key}`);
  for (let i = keys.length - 1; i > 0; i--) {
    const other = Math.floor(Math.random() * (i + 1));
    [keys[i], keys[other]] = [keys[other] as string, keys[i] as string];
  }
  return keys;
}

function eachInTurn<Key>(keys: readonly Key[], act: (key: Key) => unknown): Loop {
  let turn = 0;
  return again(() => {
    turn = turn + 1 < keys.length ? turn + 1 : 0;
    return act(keys[turn] as Key);
  });
}

/** The operations on a full registry, by its number of keys. */
const OPERATIONS: Readonly<Record<string, (max: number) => Loop>> = {
  'get, one key': (max) => {
    const registry = read(max);
    return again(() => registry.get('read 0'));
  },
  'get, two keys in turn': (max) => {
    const registry = read(max);
    return eachInTurn(['read 0', 'read 1'], (key) => registry.get(key));
  },
  'get, a key in trouble': (max) => {
    const registry = full(max, 'down');
    for (const breaker of registry) breaker.trip(1e12);
    return eachInTurn(['down 0', 'down 1'], (key) => registry.get(key));
  },
  'get, keys at random': (max) => {
    const registry = read(max);
    return eachInTurn(shuffledKeys(max, 'read'), (key) => registry.get(key));
  },
  'peek, keys at random': (max) => {
    const registry = read(max);
    return eachInTurn(shuffledKeys(max, 'read'), (key) => registry.peek(key));
  },
  'a new key for a closed one': (max) => {
    const registry = full(max, 'old');
    let key = 0;
    return again(() => registry.get(`new ${key++}`));
  },
  'a new key, which opens, for one long past its time': (max) => {
    const registry = full(max, 'dead');
    for (const breaker of registry) breaker.trip();
    now += 1e6;
    let key = 0;
    return again(() => {
      now += 2_000;
      return registry.get(`open ${key++}`).trip();
    });
  },
  'beside it: a Map, read at random': (max) => {
    const map = new Map(shuffledKeys(max, 'map').map((key) => [key, key]));
    return eachInTurn(shuffledKeys(max, 'map'), (key) => map.get(key));
  },
  'beside it: a Map, one key deleted and set again': (max) => {
    const map = new Map(shuffledKeys(max, 'again').map((key) => [key, key]));
    return again(() => {
      map.delete('again 0');
      return map.set('again 0', 'again 0');
    });
  },
};

const nameOf = (deed: string, max: number): string => `${deed}: ${max}`;

export const registry: Table = {
  id: 'registry',
  title: 'By the number of keys',
  about:
    'Nanoseconds per operation of a full registry, by its number of breakers. Many keys in random order miss the caches of the processor, in any table. Instead of keeping lists of its own, a registry could delete a key from a Map and set it again, which costs more the more keys there are.',
  async measure(pace) {
    const runners: Runner[] = Object.entries(OPERATIONS).flatMap(([deed, make]) =>
      SIZES.map((max) => ({ name: nameOf(deed, max), loop: make(howMany(pace, max, max / 100)) })),
    );
    const rounds = await measureRounds(runners, pace);
    const figures = Object.fromEntries(Object.keys(OPERATIONS).map((deed) => [deed, growthOf(rounds, deed)]));
    return {
      columns: ['', ...SIZES.map((max) => `${max.toLocaleString('en')} keys`)],
      rows: Object.keys(OPERATIONS).map((deed) => [deed, ...SIZES.map((max) => costOf(rounds, nameOf(deed, max)))]),
      figures,
    };
  },
};

/** How many times as much it costs with a hundred thousand keys as with a hundred. */
function growthOf(rounds: Rounds, deed: string): number {
  return costOf(rounds, nameOf(deed, 100_000)).median / costOf(rounds, nameOf(deed, 100)).median;
}
