import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { inTransaction } from '@switchgear/outbox';
import type { Pool } from 'pg';
import { describe, expect, it } from 'vitest';
import { createPool } from '../src/orders/database.ts';
import { filePostgres } from './file-postgres.ts';
import { testRun } from './test-run.ts';

const { createDatabase } = filePostgres();

async function openPool(url: string): Promise<Pool> {
  const { cleanup } = testRun();
  const pool = createPool(url);
  cleanup.defer(() => pool.end());
  return pool;
}

/** A message of PostgreSQL's protocol: a letter, the length of the rest, the rest. */
function message(letter: string, rest: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(rest.length + 4);
  return Buffer.concat([Buffer.from(letter), length, rest]);
}

/** A server that admits a client and is killed in the same breath: all that it says arrives in one piece. */
async function dyingServer(): Promise<string> {
  const { cleanup } = testRun();
  const welcome = message('R', Buffer.alloc(4));
  const ready = message('Z', Buffer.from('I'));
  const fatal = message('E', Buffer.from('SFATAL\0C57P01\0Mterminating connection\0\0'));
  const server = createServer((socket) => {
    socket.once('data', () => socket.end(Buffer.concat([welcome, ready, fatal])));
    socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanup.defer(() => void server.close());
  return `postgres://customer@127.0.0.1:${(server.address() as AddressInfo).port}/shop`;
}

describe('a transaction', () => {
  it('that fails leaves nothing, and gives its connection back for the next', async () => {
    const pool = await openPool(await createDatabase());
    await pool.query('create table notes (text text)');
    const failed = inTransaction(pool, async (client) => {
      await client.query("insert into notes values ('a')");
      throw new Error('changed my mind');
    });
    await expect(failed).rejects.toThrow('changed my mind');
    expect((await pool.query('select * from notes')).rows).toEqual([]);
    expect([pool.totalCount, pool.idleCount]).toEqual([1, 1]);
  });

  it('whose connection is cut fails, and its connection is not used again', async () => {
    const pool = await openPool(await createDatabase());
    const cut = inTransaction(pool, (client) => client.query('select pg_terminate_backend(pg_backend_pid())'));
    await expect(cut).rejects.toThrow();
    expect(pool.totalCount).toBe(0);
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });

  it('whose connection dies in the breath that opened it fails, and does not end the process', async () => {
    const pool = await openPool(await dyingServer());
    await expect(inTransaction(pool, (client) => client.query('select 1'))).rejects.toThrow();
    await expect(pool.query('select 1')).rejects.toThrow();
    expect(pool.totalCount).toBe(0);
  });
});
