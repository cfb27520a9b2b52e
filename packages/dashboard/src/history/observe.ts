import type { Breaker } from '@switchgear/core';
import { isObject } from '@switchgear/core/adapter';
import { isBreaker, requireBreakers } from '../check/breakers.ts';
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
 * @throws {TypeError} for what cannot be iterated, or holds something else than breakers; {TypeError | RangeError} for an option
 * @example
 * ```ts
 * observe(registry, { keep: 3_600_000 });
 * console.log(impact(registry, { failedCall: 0.2 }));
 * ```
 */
export function observe(breakers: Iterable<Breaker>, options: ObserveOptions = {}): History {
  return observeFor('observe', breakers, options);
}

/** The same, for another function of ours: what is wrong is said in its name. */
export function observeFor(of: string, breakers: Iterable<Breaker>, options: ObserveOptions): ObservedHistory {
  const known = isBreaker(breakers) ? undefined : historyOf(breakers);
  return known && !known.isStopped ? known : begin(of, breakers, options);
}

/** The history that a collection of breakers, or one of the breakers, is remembered in; a history's is itself. */
export function historyOf(breakers: unknown): ObservedHistory | undefined {
  return isObject(breakers) ? histories().get(breakers) : undefined;
}

function begin(of: string, breakers: Breakers, options: ObserveOptions): ObservedHistory {
  requireBreakers(`${of} breakers`, breakers);
  const history = new ObservedHistory(breakers, resolveObserveOptions(options, of), (breaker, its) =>
    histories().set(breaker, its),
  );
  try {
    history.begin(`${of} breakers`);
  } catch (error) {
    history.stop();
    throw error;
  }
  histories().set(breakers, history).set(history, history);
  return history;
}

function histories(): WeakMap<object, ObservedHistory> {
  const world = globalThis as World;
  world[HISTORIES] ??= new WeakMap();
  return world[HISTORIES];
}
