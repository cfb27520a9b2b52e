import type { Breaker } from '@switchgear/core';
import type { Breakers, History } from './history.ts';
import { ObservedHistory } from './observed-history.ts';
import { type ObserveOptions, resolveObserveOptions } from './options.ts';

/** Under this name all entry points of this package, which are bundled apart, find each other's histories. */
const HISTORIES = Symbol.for('@switchgear/histories');

interface World {
  [HISTORIES]?: WeakMap<object, ObservedHistory>;
}

/**
 * Begins to remember what happens to these breakers, in bounded memory and without a timer. The same breakers are observed once:
 * asked again, the same history is returned, unless it was stopped, and the options of the first time hold.
 *
 * @throws {TypeError} for what cannot be iterated; {RangeError} for an option out of range
 * @example
 * ```ts
 * observe(registry, { keep: 3_600_000 });
 * console.log(impact(registry, { failedCall: 0.2 }));
 * ```
 */
export function observe(breakers: Iterable<Breaker>, options: ObserveOptions = {}): History {
  const known = historyOf(breakers);
  return known && !known.isStopped ? known : begin(breakers, options);
}

/** The history that a collection of breakers, or one of the breakers, is remembered in; a history's is itself. */
export function historyOf(breakers: object): ObservedHistory | undefined {
  return histories().get(breakers);
}

function begin(breakers: Breakers, options: ObserveOptions): ObservedHistory {
  if (typeof breakers?.[Symbol.iterator] !== 'function') {
    throw new TypeError('observe takes breakers: a list, a registry, anything that can be iterated');
  }
  const history = new ObservedHistory(breakers, resolveObserveOptions(options), (breaker, of) =>
    histories().set(breaker, of),
  );
  histories().set(breakers, history).set(history, history);
  history.refresh();
  return history;
}

function histories(): WeakMap<object, ObservedHistory> {
  const world = globalThis as World;
  world[HISTORIES] ??= new WeakMap();
  return world[HISTORIES];
}
