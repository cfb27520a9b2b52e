/** Throws unless the condition holds. It is called millions of times, for which an assertion library would be too slow. */
export function must(so: boolean, what: () => string): void {
  if (!so) throw new Error(what());
}

/** The same data, in which any attempt to change something throws. */
export function frozen<T>(data: T): T {
  if (typeof data === 'object' && data !== null && !Object.isFrozen(data)) {
    Object.freeze(data);
    for (const part of Object.values(data)) frozen(part);
  }
  return data;
}

/** Whether two pieces of plain data say the same. */
export function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
