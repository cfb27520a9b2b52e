import type { Account, Said } from '../document/account.ts';
import type { Place } from '../document/place.ts';
import { nameOf, readScalar } from '../schema/shape.ts';
import type { Codec } from '../values/codec.ts';
import { nearest, plain } from '../values/nearest.ts';
import type { Row, Table } from './dialect.ts';

/** A map in another's file. Its fields are found in any spelling: `maxRequests`, `max_requests`, `max-requests`. */
export class Section {
  readonly place: Place;
  readonly #account: Account;
  readonly #table: Table;
  readonly #fields = new Map<string, Place>();

  /** @param table what the fields become, for those that are not carried */
  constructor(place: Place, account: Account, table: Table) {
    this.place = place;
    this.#account = account;
    this.#table = table;
    for (const part of place.entries?.values() ?? []) this.#fields.set(plain(part.key), part);
    // An empty map is read too: all of it is left to the defaults.
    if (place.entries?.size === 0) account.carry(place);
    if (!place.entries && place.value !== null) account.problem(place, `${nameOf(place)} must be a map`);
  }

  /** The place of a field, if it is there. */
  at(name: string): Place | undefined {
    return this.#fields.get(plain(name));
  }

  /** The value of a field: noted as the table says, and undefined if it is not there or wrong. */
  read<T>(name: string, codec: Codec<T>): T | undefined {
    const place = this.at(name);
    if (!place || place.value === null) return undefined;
    const [said, why] = this.#rowOf(name);
    if (said !== 'carried' && !place.entries && !place.items && codec.read(place.value) !== undefined)
      this.#account.note(place, said, why);
    return readScalar(place, this.#account, codec);
  }

  /** Says something else of a field than the table. Comes before reading it. */
  note(name: string, said: Said, why: string): void {
    const place = this.at(name);
    if (place) this.#account.note(place, said, why);
  }

  /** Complains about a field. */
  problem(name: string, what: string): void {
    const place = this.at(name) ?? this.place;
    this.#account.problem(place, `${nameOf(place)} ${what}`);
  }

  /** A map within this one. */
  section(name: string, table: Table): Section | undefined {
    const place = this.at(name);
    return place && place.value !== null ? new Section(place, this.#account, table) : undefined;
  }

  /** The elements of a list. A single value counts as a list of one. */
  items(name: string): readonly Place[] {
    const place = this.at(name);
    if (!place) return [];
    if (place.items?.length === 0) this.#account.carry(place);
    return place.items ?? (place.value === null ? [] : [place]);
  }

  /**
   * Notes the fields of which nothing has been said: as the table says, or as not known. Never as carried: what is carried
   * has been read.
   *
   * @param otherwise why a field is not carried that the table does not have
   */
  rest(of: string, otherwise?: string): void {
    for (const place of this.#fields.values()) {
      const row = rowIn(this.#table, place.key);
      if (row?.[0] === 'carried' || this.#account.knows(place)) continue;
      const [said, why] = row ?? ['not carried', otherwise ?? unknown(place.key, of, Object.keys(this.#table))];
      this.#account.note(place, said, why);
    }
  }

  #rowOf(name: string): Row {
    return rowIn(this.#table, name) ?? ['carried', ''];
  }
}

function rowIn(table: Table, name: string): Row | undefined {
  const known = Object.keys(table).find((each) => plain(each) === plain(name));
  return known === undefined ? undefined : table[known];
}

function unknown(key: string, of: string, names: readonly string[]): string {
  const near = nearest(key, names);
  return `${key} is not a field of ${of}${near === undefined ? '' : `; did you mean ${near}?`}`;
}
