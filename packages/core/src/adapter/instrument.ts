import { read } from '../foreign/branches.ts';
import type { Ending } from '../vocabulary/outcome.ts';

/** Any method, called as it was called. */
export type Method = (this: unknown, ...args: unknown[]) => unknown;

/** What puts methods back. */
export interface Instrumentation {
  /** Puts back the methods that are still ours; those that other code has wrapped since stay, below its own. */
  eject(): void;
}

/**
 * Puts methods in front of those of one object, in place, for hosts that have no hook of their own. Never a proxy: private
 * fields need the very object as `this`. The object's own properties, and each method's name and length, look as before.
 *
 * @param methods for each name what makes the new method, given how to look up the one it stands in front of. That is looked
 *   up at each call, because prototypes may be patched later. Names that the object has no method for are passed over
 * @example
 * ```ts
 * const patch = instrument(client, {
 *   query: (original) => function query(...args) { return guard(breaker, () => original().apply(this, args), options); },
 * });
 * ```
 */
export function instrument(
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

/** What shows of a method besides its code. */
const TRAITS = ['name', 'length'] as const;

function replaceMethod(object: object, name: string, make: (original: () => Method) => Method): () => void {
  const members = object as Record<string, Method>;
  const own = Object.hasOwn(object, name) ? members[name] : undefined;
  const original = (): Method => own ?? Reflect.get(Object.getPrototypeOf(object), name, object);
  const method = make(original);
  // Defined only where they differ, because it costs more than all the rest.
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
 * Observes how a call of the host's ends, before the caller does. The promise is the same, one step later: with a handler
 * beside the caller's, a rejection that nobody handles would count as handled.
 *
 * @param result what the call returned; anything but a promise is returned as it is, and not observed
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
