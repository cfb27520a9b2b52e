import type { Breaker } from '../contract/breaker.ts';
import type { BreakerOptions, KeyedOptions } from '../contract/options.ts';
import type { BreakerEvent } from '../vocabulary/event.ts';

/** Options of `createRegistry`. */
export interface RegistryOptions {
  /**
   * Returns the options for the breaker of a key. Called once for each breaker that is made; it may get other keys of the
   * registry. If keys share a name, listeners, metrics and dashboards see their breakers as one.
   */
  readonly options: (key: string) => BreakerOptions;

  /**
   * The most breakers that are kept: a whole number of at least 1. It bounds memory, because keys often come from outside.
   *
   * @default 1_000
   */
  readonly max?: number;
}

/**
 * Breakers by key, each made when it is first asked for. Iteration visits the breakers present at its beginning, each once
 * and closed ones first, whatever happens to the registry meanwhile.
 */
export interface Registry extends Iterable<Breaker> {
  /**
   * Returns the breaker of this key, and makes it if there is none.
   *
   * @throws {TypeError | RangeError} if the key is not a string, and whatever `options` or `createBreaker` throw; then no
   *   breaker is made or forgotten
   */
  get(key: string): Breaker;

  /** Returns the breaker of this key if there is one. Does not count as a use of the key. */
  peek(key: string): Breaker | undefined;

  /** Forgets a breaker; calls in flight still settle on it. Returns whether there was one. */
  delete(key: string): boolean;

  /** The number of breakers. */
  readonly size: number;

  /**
   * Calls the listener after each event of any breaker of the registry, including those made later. A forgotten breaker's
   * events are still received while callers use it.
   *
   * @param options.outcomes whether to receive an event for each settled call too, which adds a cost to each call
   * @default options.outcomes false
   * @returns a function that ends the subscription
   * @throws {TypeError} if `listener` is not a function
   */
  subscribe(listener: (event: BreakerEvent) => void, options?: { readonly outcomes?: boolean }): () => void;
}

/**
 * Makes the `options` of a registry from a list: the first entry that matches the key is laid over the default.
 *
 * @param entries each a key, or a pattern to match keys against, with its options
 * @param byDefault options for all keys
 * @default byDefault {}
 * @example
 * ```ts
 * const registry = createRegistry({
 *   options: optionsByKey([['https://pay.example', payments], [/\.internal$/, microservice]], externalApi),
 * });
 * ```
 */
export function optionsByKey(
  entries: readonly (readonly [key: string | RegExp, options: KeyedOptions])[],
  byDefault: KeyedOptions = {},
): (key: string) => BreakerOptions {
  return (key) => {
    const entry = entries.find(([pattern]) =>
      typeof pattern === 'string' ? pattern === key : key.search(pattern) >= 0,
    );
    return { ...byDefault, ...entry?.[1], name: key };
  };
}
