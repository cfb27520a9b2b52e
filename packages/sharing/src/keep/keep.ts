import { type Breaker, join, type Registry } from '@switchgear/core';
import { requireFunction, requireOptions } from '@switchgear/core/adapter';
import type { KeepStore } from '../ports/keep-store.ts';
import { Keeper } from './keeper.ts';

/** Breakers whose circuits are kept. */
export interface Kept {
  /** Settles once all that was stored has been restored. Never rejects. */
  readonly ready: Promise<void>;

  /** Settles once all has been stored: for a process that stands still between requests. Never rejects. */
  saved(): Promise<void>;

  /** Ends it. What is stored stays. */
  stop(): void;
}

/**
 * Keeps circuits over a restart: for a web page that is loaded anew, or a process that starts alone. Each move and each mode of an
 * operator is stored as a `snapshot`, and restored when this is called; the evidence of a closed circuit is not kept. If the
 * store returns a promise and a circuit has moved before that settles, nothing is restored. What the store throws or rejects
 * with goes to the breaker's `onError`, and has no other effect.
 *
 * @param of a breaker, several, or a registry with those that are made later. Their names must differ
 * @throws {TypeError} if `store` lacks a function or has an unknown option, or a breaker was made by another copy of core
 * @example
 * ```ts
 * keep(payments, { get: (name) => localStorage.getItem(name), set: (name, text) => localStorage.setItem(name, text) });
 * ```
 */
export function keep(of: Breaker | Iterable<Breaker> | Registry, store: KeepStore): Kept {
  const example = 'keep(payments, { get: (name) => map.get(name), set: (name, text) => map.set(name, text) })';
  requireOptions('keep', store, ['get', 'set']);
  requireFunction('keep get', store.get, 'a function', store.get, example);
  requireFunction('keep set', store.set, 'a function', store.set, example);
  const keepers = new Set<Keeper>();
  const isList = Symbol.iterator in of && !('subscribe' in of);
  const all = isList ? [...(of as Iterable<Breaker>)] : [of as Breaker | Registry];
  const leaves = all.map((each) =>
    join(each, (breaker) => {
      const keeper = new Keeper(breaker, store);
      keepers.add(keeper);
      return {
        left() {
          keeper.stop();
          keepers.delete(keeper);
        },
      };
    }),
  );
  return {
    ready: Promise.all([...keepers].map(({ ready }) => ready)).then(() => {}),
    saved: async () => void (await Promise.all([...keepers].map((keeper) => keeper.saved()))),
    stop() {
      for (const leave of leaves) leave();
    },
  };
}
