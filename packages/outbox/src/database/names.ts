import { createHash } from 'node:crypto';
import { refuse } from '@switchgear/core/adapter';

/** PostgreSQL cuts names off after this many bytes; channels have to be shorter still than its buffer of 64. */
const LONGEST_NAME = 63;

const TABLE = /^(?:\w{1,63}\.)?\w{1,63}$/;

/** The names that follow from a table's. */
export interface Names {
  /** The table as it stands in statements, quoted. */
  readonly table: string;

  /** Its index on what is due, quoted, without the schema: it lies in the table's. */
  readonly index: string;

  /** The same with the table's schema, to look it up. */
  readonly fullIndex: string;

  /** The channel on which new messages are told of, without quotes. */
  readonly channel: string;
}

/**
 * The names that follow from the option `table`. Capitals mean the same as small letters, as in SQL without quotes. All
 * names are quoted, so that a table may have a name that is a word of SQL's, and none is cut off.
 *
 * @throws {TypeError} when it is no name of a table
 */
export function namesOf(table: unknown): Names {
  if (typeof table !== 'string' || !TABLE.test(table)) {
    const rule = table === '' || typeof table !== 'string' || !/^[\w.]+$/.test(table);
    refuse(
      'table',
      rule ? 'a name, or schema.name' : `a name of at most ${LONGEST_NAME} letters, or schema.name`,
      table,
    );
  }
  const parts = table.toLowerCase().split('.');
  const schema = parts.slice(0, -1).map(quoted);
  const index = quoted(fitting(`${parts.at(-1)}_due`));
  return {
    table: parts.map(quoted).join('.'),
    index,
    fullIndex: [...schema, index].join('.'),
    channel: fitting(parts.join('_')),
  };
}

/** In double quotes, for statements. */
export function quoted(name: string): string {
  return `"${name}"`;
}

/** The name itself, or a name of its own that is not cut off. */
function fitting(name: string): string {
  if (name.length <= LONGEST_NAME) return name;
  const mark = createHash('sha256').update(name).digest('hex').slice(0, 12);
  return `${name.slice(0, LONGEST_NAME - mark.length - 1)}_${mark}`;
}
