import { read } from '@switchgear/core/adapter';
import { identifier, type RunQuery } from './postgres-client.ts';

const NO_SUCH_TABLE = '42P01';
/** What two have who make one table at the same time. */
const MADE_MEANWHILE = /^(23505|42P07|42710)$/;

/**
 * Runs statements on a table that is made when it is missing. Who may not make tables gets an error, and may make it before.
 *
 * @param columns as after the name in `create table`
 * @param kind of the table
 */
export function ownTable(run: RunQuery, name: string, columns: string, kind: 'table' | 'unlogged table'): RunQuery {
  return async (text, values) => {
    try {
      return await run(text, values);
    } catch (error) {
      if (read(error, 'code') !== NO_SUCH_TABLE) throw error;
      await run(`create ${kind} if not exists ${identifier(name)} ${columns}`, []).catch((error) => {
        if (!MADE_MEANWHILE.test(String(read(error, 'code')))) throw error;
      });
      // The statement has changed nothing, because it found no table.
      return await run(text, values);
    }
  };
}
