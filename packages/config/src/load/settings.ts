import type { BreakerOptions, KeyedOptions, Mode } from '@switchgear/core';
import type { DialectName } from '../dialects/dialect.ts';
import type { Note } from '../document/account.ts';
import type { FileData } from '../own/data.ts';
import type { PolicySettings } from '../own/policies.ts';

/** What a file says, checked and ready for use. */
export interface Settings {
  /** The file, as it was given; absent for a text or an object. */
  readonly file?: string | undefined;

  /** The kind of file that it was read as. */
  readonly dialect: DialectName;

  /** The options of breakers, by name or by `/pattern/`, for `createBreaker({ name, ...options })`. */
  readonly breakers: ReadonlyMap<string, KeyedOptions>;

  /** What the file says about the policies around each breaker, under the same names. */
  readonly policies: ReadonlyMap<string, PolicySettings>;

  /** The modes that the file asks for, under the same names. */
  readonly modes: ReadonlyMap<string, Mode>;

  /** Each value of the file that was not taken over exactly: what became of it, and why. */
  readonly notes: readonly Note[];

  /** Each value that was taken over exactly. Together with `notes`: every value of the file. */
  readonly carried: readonly Note[];

  /** The same settings in this library's own words, as plain data: durations in milliseconds, shares as numbers. */
  readonly data: FileData;

  /**
   * The options for a key, for `createRegistry`: those under its name, or under the first pattern that fits, or the file's
   * defaults. All options are set, so that a setting goes back to its default when it leaves the file.
   */
  options(key: string): BreakerOptions;

  /** The name or pattern in the file whose settings a key has; undefined if it has the defaults. */
  entryFor(key: string): string | undefined;
}
