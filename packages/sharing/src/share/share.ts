import type { Breaker, Registry } from '@switchgear/core';
import { Exchange } from './exchange.ts';
import { resolveShare, type ShareOptions } from './options.ts';
import type { Sharing } from './sharing.ts';

/**
 * Lets breakers share what they know with those of the same name at other instances of a group. Each still decides for itself:
 * what others tell may open a circuit, or make it probe again, but only its own calls close it. No call ever waits for it.
 *
 * @param of a breaker, several, or a registry with those that are made later
 * @throws {TypeError | RangeError} if an option is out of range or unknown, or a breaker was made by another copy of core
 * @example
 * ```ts
 * const sharing = share(payments, { group: 'shop eu-west-1a' });
 * ```
 */
export function share(of: Breaker | Iterable<Breaker> | Registry, options: ShareOptions): Sharing {
  const exchange = new Exchange(resolveShare(options));
  const isList = Symbol.iterator in of && !('subscribe' in of);
  exchange.start(isList ? of : [of as Breaker | Registry]);
  return exchange;
}
