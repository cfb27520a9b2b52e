import type { Breaker } from '@switchgear/core';
import { isObject } from '@switchgear/core/adapter';
import { isBreaker, requireBreakers } from '../check/require.ts';
import type { Breakers, History } from './history.ts';
import { ObservedHistory } from './observed-history.ts';
import { type ObserveOptions, resolveObserveOptions } from './options.ts';

/** The entry points of this package are bundled separately and share histories under this symbol. */
const HISTORIES = Symbol.for('@switchgear/histories');

interface Shared {
  [HISTORIES]?: WeakMap<object, ObservedHistory>;
}

/**
 * Starts recording the events of these breakers, in bounded memory and without a timer. Observing the same collection again returns
 * the same history with its original options, unless it was stopped.
 *
 * @throws {TypeError} if `breakers` is not iterable or contains something other than breakers; {TypeError | RangeError} for an invalid option
 * @example
 * ```ts
 * observe(registry, { keep: 3_600_000 });
 * console.log(impact(registry, { failedCall: 0.2 }));
 * ```
 */
export function observe(breakers: Iterable<Breaker>, options: ObserveOptions = {}): History {
  return observeFor('observe', breakers, options);
}

/** Like {@link observe}, with error messages in the name of another function. */
export function observeFor(of: string, breakers: Iterable<Breaker>, options: ObserveOptions): ObservedHistory {
  const known = isBreaker(breakers) ? undefined : historyOf(breakers);
  return known && !known.isStopped ? known : begin(of, breakers, options);
}

/** The history of a collection of breakers or of one breaker; for a history, itself. */
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
  const shared = globalThis as Shared;
  shared[HISTORIES] ??= new WeakMap();
  return shared[HISTORIES];
}
