/** Where something stands in a text. Both numbers count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A value in a document: a scalar, a list or a map, with its path and where it stands. */
export interface Place {
  /** From the top of its document, as one would write it in code: `breakers.payments.openFor`. Empty for the document itself. */
  readonly path: string;

  /** The last part of the path. */
  readonly key: string;

  /** Where the value stands; absent if it comes from an object in memory. */
  readonly at?: Position | undefined;

  /** Where its key stands, for complaints about the key. */
  readonly keyAt?: Position | undefined;

  /** The value of a scalar; undefined for a list or a map. */
  readonly value?: unknown;

  /** What the text says, where a placeholder was filled in, so that no secret is shown. */
  readonly shown?: string | undefined;

  /** The entries of a map. */
  readonly entries?: ReadonlyMap<string, Place> | undefined;

  /** The elements of a list. */
  readonly items?: readonly Place[] | undefined;
}

/** The path of an entry. A name that is not plain is quoted. */
export function pathTo(path: string, key: string): string {
  if (!/^[\w$-]+$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === '' ? key : `${path}.${key}`;
}

/** The places directly below one. */
export function below(place: Place): readonly Place[] {
  return place.items ?? [...(place.entries?.values() ?? [])];
}

/** The scalars below a place; a place with nothing below it is its own leaf. */
export function* leavesOf(place: Place): Generator<Place> {
  const parts = below(place);
  if (parts.length === 0) yield place;
  for (const part of parts) yield* leavesOf(part);
}

/** The value of a place as plain data. */
export function plainOf(place: Place): unknown {
  if (place.items) return place.items.map(plainOf);
  if (!place.entries) return place.value;
  return Object.fromEntries([...place.entries].map(([key, part]) => [key, plainOf(part)]));
}

/** The value as messages and notes show it: short, and without what a placeholder was filled in with. */
export function shownOf({ entries, items, value, shown }: Place): string {
  if (shown !== undefined) return shown;
  if (items) return items.length === 0 ? '[]' : 'a list';
  if (entries) return entries.size === 0 ? '{}' : `a map with ${[...entries.keys()].slice(0, 5).join(', ')}`;
  if (typeof value === 'function') return 'a function';
  if (typeof value !== 'string') return String(value);
  return value.length > 60 ? `'${value.slice(0, 57)}...'` : `'${value}'`;
}
