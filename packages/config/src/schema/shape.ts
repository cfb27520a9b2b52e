import type { Account } from '../document/account.ts';
import { type Place, shownOf } from '../document/place.ts';
import { placeholderIn } from '../document/placeholders.ts';
import type { Codec } from '../values/codec.ts';
import { nearest, plain } from '../values/nearest.ts';

/** A JSON Schema, or a part of one. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** What a value of a file may be: read with complaints at their places, written back, and described for editors. */
export interface Shape<T = unknown> {
  /** The value, or undefined after a complaint. Says of every value below that it was carried. */
  read(place: Place, account: Account): T | undefined;

  /** The value as it stands in a file of ours. */
  write(value: T): unknown;

  readonly schema: JsonSchema;
}

/** A scalar. `doc` describes it in editors. */
export function scalar<T>(codec: Codec<T>, doc?: string): Shape<T> {
  return {
    read: (place, account) => readScalar(place, account, codec),
    write: codec.write,
    schema: described(codec.schema, doc),
  };
}

/** Reads a scalar, or complains and returns undefined. */
export function readScalar<T>(
  place: Place,
  account: Account,
  codec: Codec<T>,
  name: string = nameOf(place),
): T | undefined {
  const value = place.entries || place.items ? undefined : codec.read(place.value);
  if (value === undefined) account.problem(place, wrong(place, name, codec.ruleFor?.(place.value) ?? codec.what));
  else account.carry(place);
  return value;
}

function wrong(place: Place, name: string, rule: string): string {
  const placeholder = placeholderIn(place.value);
  if (placeholder) return `${name} is ${placeholder}, and that is not set: pass env, or write \${NAME:default}`;
  return `${name} must be ${rule}, got ${shownOf(place)}`;
}

/** The last two parts of a path: enough to find it, short enough to read. */
export function nameOf({ path, key }: Place): string {
  const parts = path.match(/[^.[\]]+(?:\[\d+\])*|\["[^"]*"\](?:\[\d+\])*/g) ?? [key];
  return parts.slice(-2).join('.').replace('.[', '[');
}

/** Shapes by name. */
export type Shapes = Readonly<Record<string, Shape>>;

/**
 * A map of named options, each of which may be left out. Other names are refused, with the nearest one.
 *
 * @param hints advice for names of other libraries
 */
export function fields(shapes: Shapes, doc?: string, hints: Hints = {}): Shape<Readonly<Record<string, unknown>>> {
  return {
    read(place, account) {
      if (!place.entries) return refuse(place, account, 'a map');
      return readFields(place, account, shapes, hints);
    },
    write: (value) => writeFields(value, shapes),
    schema: described({ type: 'object', properties: schemasOf(shapes), additionalProperties: false }, doc),
  };
}

/** Reads the options of a map that have a shape, and refuses others. */
export function readFields(
  place: Place,
  account: Account,
  shapes: Shapes,
  hints: Hints = {},
): Readonly<Record<string, unknown>> {
  const read: Record<string, unknown> = {};
  // An empty map is a value too.
  if (place.entries?.size === 0) account.carry(place);
  for (const [key, part] of place.entries ?? []) {
    const shape = Object.hasOwn(shapes, key) ? shapes[key] : undefined;
    if (!shape) unknownKey(part, account, Object.keys(shapes), hints);
    else {
      const value = shape.read(part, account);
      if (value !== undefined) read[key] = value;
    }
  }
  return read;
}

/** Advice for names that are not known here, by the name. */
type Hints = Readonly<Record<string, string>>;

/** Complains about a name that is not known. */
export function unknownKey(place: Place, account: Account, names: readonly string[], hints: Hints): void {
  const within = place.path.length === place.key.length ? 'the file' : nameOf({ ...place, path: withoutLast(place) });
  const near = names.find((name) => plain(name) === plain(place.key)) ?? nearest(place.key, names);
  const hint = Object.entries(hints).find(([name]) => plain(name) === plain(place.key))?.[1];
  const advice =
    hint !== undefined
      ? `; ${hint}`
      : near === undefined
        ? `; it takes ${names.join(', ')}`
        : `; did you mean ${near}?`;
  account.problem(place, `${within} has no option ${place.key}${advice}`, place.keyAt ?? place.at);
}

function withoutLast({ path, key }: Place): string {
  return path.endsWith(`.${key}`) ? path.slice(0, -key.length - 1) : path.replace(/\[[^\]]*\]$/, '');
}

/** Writes options in the order of their shapes. */
export function writeFields(value: Readonly<Record<string, unknown>>, shapes: Shapes): Record<string, unknown> {
  const set = Object.entries(shapes).filter(([name]) => value[name] !== undefined);
  return Object.fromEntries(set.map(([name, shape]) => [name, shape.write(value[name])]));
}

/** The schemas of shapes by name. */
export function schemasOf(shapes: Shapes): JsonSchema {
  return Object.fromEntries(Object.entries(shapes).map(([name, { schema }]) => [name, schema]));
}

/** Complains that a place is of the wrong kind. */
export function refuse(place: Place, account: Account, rule: string): undefined {
  account.problem(place, wrong(place, nameOf(place), rule));
}

/** A schema with its description. */
export function described(schema: JsonSchema, doc: string | undefined): JsonSchema {
  return doc === undefined ? schema : { description: doc, ...schema };
}
