import type { Account } from '../document/account.ts';
import type { Place } from '../document/place.ts';
import type { FileData } from '../own/data.ts';

/** The kinds of files and option objects that can be read. */
export type DialectName =
  | 'switchgear'
  | 'circuit_breaker'
  | 'resilience4j'
  | 'envoy'
  | 'istio'
  | 'polly'
  | 'hystrix'
  | 'opossum'
  | 'circuit-breaker-js'
  | 'undici'
  | 'fastify';

/** What an importer may need to know besides the text. */
export interface Setting {
  /** For settings that have no name of their own. */
  readonly name: string;
}

/** What a field of another's file becomes here: exactly, by something close, or nothing; and how or why. */
export type Row = readonly ['carried' | 'approximated' | 'not carried', string];

/** The fields of another's file, by their name. The tables in the documentation are printed from these. */
export type Table = Readonly<Record<string, Row>>;

/** Reads one kind of file. */
export interface Dialect {
  readonly name: DialectName;

  /** What it is called in messages: `Envoy's clusters`. */
  readonly title: string;

  /** Why values are not carried that are not part of what it reads. */
  readonly beside?: string;

  /** Whether a document is of this kind. */
  fits(root: Place): boolean;

  /** Reads the documents of this kind, and says of each value what became of it. */
  read(documents: readonly Place[], account: Account, setting: Setting): FileData;

  /** Its fields, for the documentation; absent for files of our own. */
  readonly tables?: Readonly<Record<string, Table>>;
}
