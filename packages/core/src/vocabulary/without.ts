/** The record without the entries that say nothing, in the one way of saying nothing that is meant. */
export function without(nothing: null | undefined, record: object): object {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== nothing));
}
