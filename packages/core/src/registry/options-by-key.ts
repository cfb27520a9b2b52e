import type { BreakerOptions, KeyedOptions } from '../breaker/options.ts';

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
