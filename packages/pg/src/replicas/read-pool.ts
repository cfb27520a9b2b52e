import type { Method } from '@switchgear/core/adapter';
import type { QueryablePool } from './options.ts';

/**
 * A pool like the primary's, and an instance of the same class, of which only `query` is another. All else is done by the
 * primary's own: a client that is checked out may write. Only `end` does nothing, because libraries end each pool that they
 * were given, and this one is nobody's.
 */
export function readPool<P extends QueryablePool>(primary: P, query: Method): P {
  const own: PropertyDescriptorMap = {
    query: { value: query },
    end: { value: () => Promise.resolve() },
  };
  for (const name of methodsOf(primary)) {
    own[name] ??= { value: (...args: unknown[]) => (primary[name as keyof P] as Method)(...args) };
  }
  return Object.create(primary, own) as P;
}

/** The names of its methods, those of its class included. */
function methodsOf(pool: object): Set<string> {
  const names = new Set<string>();
  for (let each = pool; each !== Object.prototype && each !== null; each = Object.getPrototypeOf(each)) {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(each))) {
      if (typeof value === 'function' && name !== 'constructor') names.add(name);
    }
  }
  return names;
}
