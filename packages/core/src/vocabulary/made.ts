/**
 * The field in which a plug says what it was made of. A program can have two copies of this package, one for `import` and
 * one for `require`, so each copy finds it on plugs of the other. Looked up at each use, because nothing happens at import.
 */
const madeOf = (): symbol => Symbol.for('@switchgear/made');

/**
 * Remembers what a plug was made of: its recipe's name and arguments. Configuration is often polled, so a plug made again
 * with the same arguments must not count as a change.
 *
 * @param of the recipe's name, then its arguments with defaults filled in; plugs and lists among them are compared by what
 *   they are made of
 */
export function made<Plug extends object>(plug: Plug, ...of: readonly unknown[]): Plug {
  return Object.defineProperty(plug, madeOf(), { value: of, configurable: true });
}

/**
 * Whether two values are the same: identical, or plugs or lists made of the same parts. A user's own plug equals only
 * itself.
 */
export function isAlike(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  const [parts, others] = [partsOf(one), partsOf(other)];
  return parts?.length === others?.length && !!parts?.every((part, index) => isAlike(part, others?.[index]));
}

/** What a plug or a list was made of; undefined for anything else. */
export function partsOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  // Only its own: a user's plug that inherits from ours is not the same.
  return Object(value) === value ? Object.getOwnPropertyDescriptor(value, madeOf())?.value : undefined;
}
