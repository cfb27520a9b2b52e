/** How deep a chain of causes is followed. Deeper ones are somebody's cycle. */
const MAX_DEPTH = 8;

/** What we look at in an error. Anything may be thrown, so it may have none of these. */
export type Seen = Readonly<Record<string, unknown>>;

/** The first error that is asked for: the error itself, or what is behind it as `cause` or in `errors`. */
export function behind(error: unknown, isIt: (seen: Seen) => boolean, depth: number = 0): Seen | undefined {
  if (Object(error) !== error || depth > MAX_DEPTH) return undefined;
  const seen = error as Seen;
  if (isIt(seen)) return seen;
  for (const inner of [seen['cause']].concat(seen['errors'])) {
    const found = behind(inner, isIt, depth + 1);
    if (found) return found;
  }
  return undefined;
}
