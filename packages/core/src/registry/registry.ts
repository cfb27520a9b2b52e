import type { Breaker } from '../contract/breaker.ts';
import type { BreakerOptions, KeyedOptions } from '../contract/options.ts';
import type { BreakerEvent } from '../vocabulary/event.ts';

/** Options of `createRegistry`. */
export interface RegistryOptions {
  /**
   * What the breaker of a key is made of. Asked once for each breaker that is made; it may ask the registry for other keys.
   * Keys may share a name: listeners, metrics and dashboards then see their breakers as one.
   */
  readonly options: (key: string) => BreakerOptions;

  /**
   * How many breakers are kept: a whole number of at least 1. Keys often come from outside, and memory does not grow
   * with them.
   *
   * @default 1_000
   */
  readonly max?: number;
}

/**
 * Breakers by key, made when they are first asked for. Iterating gives the breakers that are there when it begins, each
 * once and closed ones first, whatever happens to the registry meanwhile.
 */
export interface Registry extends Iterable<Breaker> {
  /**
   * The breaker of this key, made if there is none.
   *
   * @throws {TypeError | RangeError} for a key that is no string, and what `options` or `createBreaker` throw; nothing is
   *   made or forgotten then
   */
  get(key: string): Breaker;

  /** The breaker of this key if there is one. It is not thereby used. */
  peek(key: string): Breaker | undefined;

  /** Forgets a breaker; calls in flight settle on it still. Says whether there was one. */
  delete(key: string): boolean;

  /** How many breakers there are. */
  readonly size: number;

  /**
   * Calls the listener after each event of any breaker here, those made later included. One that is forgotten is heard
   * for as long as calls hold it.
   *
   * @param options.outcomes whether to hear of each settled call too, which then costs each call; default false
   * @returns a function that ends the subscription
   * @throws {TypeError} for what is no function
   */
  subscribe(listener: (event: BreakerEvent) => void, options?: { readonly outcomes?: boolean }): () => void;
}

/**
 * Options for a registry by key or pattern: the first entry that fits is laid over the default.
 *
 * @param entries a key, or a pattern that is tried on keys, with the options for it
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
