import { describeBus, describeRegister } from '@switchgear/testkit';
import { pgBouncerOrSkip, startPgBouncer } from '@switchgear/testkit/pgbouncer';
import { type Postgres, startPostgres } from '@switchgear/testkit/postgres';
import pg from 'pg';
import postgres from 'postgres';
import * as vitest from 'vitest';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Bus } from '../../src/index.ts';
import { postgresBus, postgresMailbox, postgresRegister } from '../../src/postgres/index.ts';
import { closeMembers, member } from './member.ts';

const bouncer = pgBouncerOrSkip();

describe('over PostgreSQL', () => {
  const clients: (() => unknown)[] = [];
  let server: Postgres;

  /** A pool of pg without a listener for its errors, each of which would end the process. */
  function pool(url: string = server.url): pg.Pool {
    const made = new pg.Pool({ connectionString: url, max: 4 });
    clients.push(() => made.end());
    return made;
  }

  /** A postgres.js that says nothing of its own. */
  function sql(url: string = server.url): postgres.Sql {
    const made = postgres(url, { max: 4, onnotice: () => {} });
    clients.push(() => made.end({ timeout: 0 }));
    return made;
  }

  beforeAll(async () => {
    server = await startPostgres({ hba: ['host all locked all scram-sha-256'] });
  });
  afterEach(async () => {
    await closeMembers();
    await Promise.all(clients.splice(0).map((end) => end()));
  });
  afterAll(() => server.stop());

  const drivers: Record<string, (url?: string, name?: string) => Bus> = {
    'postgresBus with pg': (url, name) => postgresBus(pool(url), name),
    'postgresBus with postgres.js': (url, name) => postgresBus(sql(url), name),
    'postgresMailbox with pg': (url, name) => postgresMailbox(pool(url), name),
    'postgresMailbox with postgres.js': (url, name) => postgresMailbox(sql(url), name),
  };
  for (const [name, make] of Object.entries(drivers))
    describeBus(name, (channel) => make(undefined, channel.slice(-60)), vitest);

  describeRegister('postgresRegister with pg', () => postgresRegister(pool()), vitest);
  describeRegister('postgresRegister with postgres.js', () => postgresRegister(sql()), vitest);

  it('a server killed with -9 is an event for each driver, and all meet again when it is back', async () => {
    const groups = Object.entries(drivers).map(async ([name, make]) => {
      const join = () => member(make(undefined, name), name);
      const [one, two] = [join(), join()];
      await Promise.all([one.among(2), two.among(2)]);
      return { one, two, join };
    });
    const all = await Promise.all(groups);
    await server.kill();
    for (const { one } of all)
      expect(await one.fault(/^postgres(Bus|Mailbox) could not .+: .+/)).toMatch(/[(]the store is/);
    await server.restart();
    const together = all.map(async ({ one, two, join }) => {
      const three = join();
      await Promise.all([one.among(3), two.among(3), three.among(3)]);
    });
    await Promise.all(together);
  });

  it('a server that comes later is joined when it comes', async () => {
    await server.kill();
    const early = Object.entries(drivers).map(([name, make]) => ({ name, make, one: member(make(), name) }));
    for (const { one } of early) expect(await one.fault(/^postgres/)).toMatch(/ECONNREFUSED.*the store is not there/);
    await server.restart();
    const joined = early.map(({ name, make, one }) => Promise.all([one.among(2), member(make(), name).among(2)]));
    await Promise.all(joined);
  });

  it('a wrong password is an event that says so', async () => {
    const url = server.url.replace('postgres@', 'locked:wrong@');
    for (const make of Object.values(drivers))
      expect(await member(make(url)).fault(/^postgres/)).toMatch(/password authentication failed.*check the user/);
  });

  it('a read-only server is an event that says so, where reports are kept', async () => {
    const url = `${server.url}?options=-c%20default_transaction_read_only%3Don`;
    const said = await member(postgresMailbox(pool(url))).fault(/^postgresMailbox/);
    expect(said).toMatch(/read-only transaction.*the server is a read-only replica: connect to the primary/);
  });

  it('a report that is too large is an event that says so', async () => {
    const bus = { ...postgresBus(pool()), maxBytes: 16_000 };
    const connection = await bus.open(() => {});
    await expect(connection.send('x'.repeat(9_000))).rejects.toThrow(/payload string too long.*no report of this size/);
    await connection.close();
  });

  it('a name that is in use for something else is an event that says so', async () => {
    await pool().query('create table if not exists taken (by text)');
    const said = await member(postgresMailbox(pool(), 'taken')).fault(/^postgresMailbox/);
    expect(said).toMatch(/column.*does not exist.*something else uses this name: choose another/);
    await expect(postgresRegister(pool(), 'taken').read('')).rejects.toThrow(/something else uses this name/);
  });

  it('a user who may not make tables is told which right it lacks, and needs none once there is one', async () => {
    await pool().query('create role humble login');
    const url = server.url.replace('postgres@', 'humble@');
    expect(await member(postgresMailbox(pool(url), 'theirs')).fault(/^postgresMailbox/)).toMatch(/lacks a right/);
    const one = member(postgresMailbox(pool(), 'theirs'));
    await one.sharing.ready;
    await pool().query('grant select, insert, update, delete on theirs to humble');
    await member(postgresMailbox(pool(url), 'theirs')).among(2);
  });

  it.skipIf(bouncer === undefined)(
    'a mailbox and a register work behind PgBouncer, which pools transactions',
    async () => {
      const between = await startPgBouncer({ executable: bouncer as string, server: server.port });
      clients.push(between.stop);
      const [one, two] = [member(postgresMailbox(pool(between.url))), member(postgresMailbox(pool(between.url)))];
      await Promise.all([one.among(2), two.among(2)]);
      const register = postgresRegister(pool(between.url));
      expect(await register.swap('bounced', undefined, 'value', 1_000)).toMatchObject({ won: true });
      await Promise.all(clients.splice(0).map((end) => end()));
    },
  );

  it('a client that cannot listen, or is none, is refused with the rule', () => {
    expect(() => postgresBus({ query: async () => [] } as never)).toThrow(
      /postgresBus client must be a pool of pg or the sql of postgres, got an object/,
    );
    expect(() => postgresMailbox({} as never)).toThrow(/postgresMailbox client must be a client of PostgreSQL/);
    expect(() => postgresRegister(undefined as never)).toThrow(/postgresRegister client must be .*got undefined/);
    expect(() => postgresMailbox(pool(), 'x'.repeat(64))).toThrow(/postgresMailbox name must be a string of 1 to 63/);
  });
});
