import { read } from '../foreign/branches.ts';
import type { Ending } from '../vocabulary/outcome.ts';

/** Any method. */
export type Method = (this: unknown, ...args: unknown[]) => unknown;

/** Methods that were replaced and can be restored. */
export interface Instrumentation {
  /** Restores the methods. One that other code has wrapped since stays in place, beneath the other code's. */
  eject(): void;
}

/**
 * Replaces methods of one object in place, for hosts without hooks. `instrument` does it for the usual forms of methods. Not a proxy, because private fields need the object
 * itself as `this`. The object's own properties, and each method's name and length, look as before.
 *
 * @param methods for each method name, a function that makes the replacement. It receives a function that looks up the
 *   original; look it up at each call, because prototypes may be patched later. Names without a method are skipped
 * @example
 * ```ts
 * const patch = replaceMethods(client, {
 *   query: (original) => function query(...args) { return guard(breaker, () => original().apply(this, args), options); },
 * });
 * ```
 */
export function replaceMethods(
  object: object,
  methods: Readonly<Record<string, (original: () => Method) => Method>>,
): Instrumentation {
  const restores: (() => void)[] = [];
  for (const name of Object.keys(methods)) {
    if (typeof read(object, name) !== 'function') continue;
    restores.push(replaceMethod(object, name, methods[name] as (original: () => Method) => Method));
  }
  return {
    eject(): void {
      for (const restore of restores.splice(0)) restore();
    },
  };
}

/** The visible properties of a method. */
const TRAITS = ['name', 'length'] as const;

function replaceMethod(object: object, name: string, make: (original: () => Method) => Method): () => void {
  const members = object as Record<string, Method>;
  const own = Object.hasOwn(object, name) ? members[name] : undefined;
  const original = (): Method => own ?? Reflect.get(Object.getPrototypeOf(object), name, object);
  const method = make(original);
  // Defined only if they differ, because defining them costs more than everything else here.
  const present = original();
  for (const trait of TRAITS) {
    const value = present[trait];
    if (method[trait] !== value) Object.defineProperty(method, trait, { value, configurable: true });
  }
  if (own) members[name] = method;
  else Object.defineProperty(object, name, { value: method, writable: true, configurable: true, enumerable: false });
  return () => {
    if (members[name] !== method) return;
    if (own) members[name] = own;
    else delete members[name];
  };
}

/**
 * Observes how a call of the host ends, before the caller does. The caller must use the returned promise, which settles one
 * step later: a handler attached on the side would make the runtime count an unhandled rejection as handled.
 *
 * @param result what the call returned; if it is not a promise, it is returned as it is and not observed
 */
export function observeEnding(result: unknown, observe: (ending: Ending) => void): unknown {
  if (typeof read(result, 'then') !== 'function') return result;
  return (result as PromiseLike<unknown>).then(
    (value) => {
      observe({ value });
      return value;
    },
    (error: unknown) => {
      observe({ error });
      throw error;
    },
  );
}
