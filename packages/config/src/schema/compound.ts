import type { Place } from '../document/place.ts';
import { nearest } from '../values/nearest.ts';
import {
  described,
  type JsonSchema,
  nameOf,
  readFields,
  refuse,
  type Shape,
  type Shapes,
  schemasOf,
  writeFields,
} from './shape.ts';

/** A list, of at least one element. */
export function list<T>(of: Shape<T>, doc?: string): Shape<readonly T[]> {
  return {
    read(place, account) {
      if (!place.items || place.items.length === 0) return refuse(place, account, 'a list of at least one');
      return place.items.flatMap((item) => of.read(item, account) ?? []);
    },
    write: (values) => values.map((value) => of.write(value)),
    schema: described({ type: 'array', items: of.schema, minItems: 1 }, doc),
  };
}

/** A map whose keys the user chooses. */
export function byName<T>(of: Shape<T>, doc?: string): Shape<Readonly<Record<string, T>>> {
  return {
    read(place, account) {
      if (!place.entries) return refuse(place, account, 'a map');
      if (place.entries.size === 0) account.carry(place);
      const read = [...place.entries].map(([name, part]) => [name, of.read(part, account)] as const);
      return Object.fromEntries(read.filter(([, value]) => value !== undefined)) as Record<string, T>;
    },
    write: (values) => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, of.write(value)])),
    schema: described({ type: 'object', additionalProperties: of.schema }, doc),
  };
}

/** One of several kinds, told apart by one key that has the kind's name: `{ exponential: 5s, max: 1m }`. */
export interface Kind {
  /** What stands behind the key. */
  readonly value: Shape;

  /** The options beside it. */
  readonly with?: Shapes;

  /** Options that must not be left out. */
  readonly needs?: readonly string[];
}

/** A map with the key of one kind, and that kind's options. */
export function kindOf(kinds: Readonly<Record<string, Kind>>): Shape<Readonly<Record<string, unknown>>> {
  const names = Object.keys(kinds);
  return {
    read(place, account) {
      const keys = [...(place.entries?.keys() ?? [])];
      const found = keys.filter((key) => names.includes(key));
      const [name, other] = found;
      if (name === undefined) return refuse(place, account, adviceFor(keys, names));
      if (other !== undefined)
        return refuse(place, account, `one of ${names.join(', ')}, not both ${name} and ${other}`);
      const kind = kinds[name] as Kind;
      const shapes = { [name]: kind.value, ...kind.with };
      const read = readFields(place, account, shapes);
      const missing = kind.needs?.find((need) => !place.entries?.has(need));
      if (missing) account.problem(place, `${nameOf(place)} needs ${missing} beside ${name}`);
      return missing ? undefined : read;
    },
    write(value) {
      const name = names.find((known) => value[known] !== undefined) as string;
      const kind = kinds[name] as Kind;
      return writeFields(value, { [name]: kind.value, ...kind.with });
    },
    schema: { anyOf: names.map((name) => schemaOfKind(name, kinds[name] as Kind)) },
  };
}

function adviceFor(keys: readonly string[], names: readonly string[]): string {
  for (const key of keys) {
    const near = nearest(key, names);
    if (near !== undefined) return `a map with one of ${names.join(', ')} (did you mean ${near}?)`;
  }
  return `a map with one of ${names.join(', ')}`;
}

function schemaOfKind(name: string, kind: Kind): JsonSchema {
  return {
    type: 'object',
    properties: { [name]: kind.value.schema, ...schemasOf(kind.with ?? {}) },
    required: [name, ...(kind.needs ?? [])],
    additionalProperties: false,
  };
}

/** A short way to write a value: `openFor: 30s` for `openFor: { fixed: 30s }`. */
export interface Short<T> {
  /** Whether a place is written so. */
  readonly fits: (place: Place) => boolean;

  readonly shape: Shape;

  /** What it is short for. */
  readonly long: (value: never) => T;

  /** The short value of a long one, if it can be written so. */
  readonly short: (value: T) => unknown;
}

/** A shape with short ways to write it. */
export function orShort<T>(shape: Shape<T>, ...shorts: readonly Short<T>[]): Shape<T> {
  return {
    read(place, account) {
      const way = shorts.find(({ fits }) => fits(place));
      if (!way) return shape.read(place, account);
      const value = way.shape.read(place, account);
      return value === undefined ? undefined : way.long(value as never);
    },
    write(value) {
      for (const way of shorts) {
        const short = way.short(value);
        if (short !== undefined) return way.shape.write(short);
      }
      return shape.write(value);
    },
    schema: { anyOf: [...shorts.map((way) => way.shape.schema), shape.schema] },
  };
}

/** A shape that is made when it is first used, because it contains itself. `name` is where its schema is defined. */
export function defined<T>(name: string, shape: () => Shape<T>): Shape<T> {
  return {
    read: (place, account) => shape().read(place, account),
    write: (value) => shape().write(value),
    schema: { $ref: `#/$defs/${name}` },
  };
}

/** Whether a place is a scalar. */
export function isScalarPlace(place: Place): boolean {
  return !place.entries && !place.items;
}
