/** Whether something has fields of its own: an object or a function. A revoked proxy counts as one, too. */
export function isObject(value: unknown): value is object {
  return Object(value) === value;
}

/**
 * A field of a value that comes from outside: `undefined` where there is none, and where reading it throws. Errors are
 * made by clients, servers' JSON and users; some have getters that throw, some are proxies.
 */
export function read(value: unknown, field: PropertyKey): unknown {
  try {
    return (value as Readonly<Record<PropertyKey, unknown>> | null | undefined)?.[field];
  } catch {
    return undefined;
  }
}

/** A field where it is a string; `undefined` for every other value. */
export function readText(value: unknown, field: PropertyKey): string | undefined {
  const found = read(value, field);
  return typeof found === 'string' ? found : undefined;
}
