import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { describeBus, describeRegister } from '@switchgear/testkit';
import { listen } from '@switchgear/testkit/listen';
import { redisOrSkip, type StoreServer, startRedis } from '@switchgear/testkit/stores';
import { Redis as Upstash } from '@upstash/redis';
import { Redis } from 'ioredis';
import { createClient, type RedisClientOptions } from 'redis';
import * as vitest from 'vitest';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Bus } from '../../src/index.ts';
import { redisBus, redisMailbox, redisRegister } from '../../src/redis/index.ts';
import { closeMembers, member } from './member.ts';

const executable = redisOrSkip() ?? '';

describe.skipIf(executable === '')('over Redis', () => {
  const ends: (() => unknown)[] = [];
  const clients: (() => unknown)[] = [];
  let server: StoreServer;
  let fragile: StoreServer;
  let durable: StoreServer;

  async function start(more?: readonly string[]): Promise<StoreServer> {
    const started = await startRedis(executable, more);
    ends.push(started.stop);
    return started;
  }

  /** A client of ioredis without a listener for its errors, as many have it. */
  function ioredis(port: number, options: { readonly password?: string } = {}): Redis {
    const client = new Redis({ port, host: '127.0.0.1', ...options });
    clients.push(() => client.disconnect());
    return client;
  }

  /** A client of node-redis without a listener for its errors, each of which would end the process. */
  function nodeRedis(port: number, options: RedisClientOptions = {}) {
    const client = createClient({ socket: { host: '127.0.0.1', port }, ...options });
    clients.push(() => client.destroy());
    return client;
  }

  beforeAll(async () => {
    [server, fragile, durable] = await Promise.all([
      start(),
      start(),
      start(['--appendonly', 'yes', '--appendfsync', 'always']),
    ]);
  });
  afterEach(async () => {
    for (const leave of clients.splice(0)) leave();
    await closeMembers();
  });
  afterAll(async () => {
    for (const end of ends) await end();
  });

  /** A client of Upstash, whose protocol a server of ours speaks in front of Redis. */
  async function upstash(port: number): Promise<Upstash> {
    const redis = ioredis(port);
    const bridge = createServer(async (request, response) => {
      const [command, ...args] = JSON.parse(await text(request)) as [string, ...string[]];
      const answer = await redis.call(command, args.map(String)).then(
        (result) => ({ result }),
        ({ message }: Error) => ({ error: message }),
      );
      response.writeHead('error' in answer ? 400 : 200).end(JSON.stringify(answer));
    });
    clients.push(() => bridge.close().closeAllConnections());
    const url = await listen(bridge);
    return new Upstash({ url, token: 'none', enableAutoPipelining: false, responseEncoding: false });
  }

  const drivers: Record<string, (port: number, name?: string) => Bus | Promise<Bus>> = {
    'redisBus with ioredis': (port, name) => redisBus(ioredis(port), name),
    'redisBus with node-redis': async (port, name) => redisBus(await connected(port), name),
    'redisMailbox with ioredis': (port, name) => redisMailbox(ioredis(port), name),
    'redisMailbox with node-redis': async (port, name) => redisMailbox(await connected(port), name),
  };

  async function connected(port: number) {
    const client = nodeRedis(port);
    await client.connect();
    return client;
  }

  describeBus(
    'redisMailbox with a client that speaks HTTP',
    async (name) => redisMailbox(await upstash(server.port), name),
    vitest,
  );
  for (const [name, make] of Object.entries(drivers))
    describeBus(name, (channel) => make(server.port, channel), vitest);

  describeRegister('redisRegister with ioredis', () => redisRegister(ioredis(durable.port)), vitest, {
    meanwhile: { 'its server is killed with -9 and started again': () => durable.restart() },
  });
  describeRegister('redisRegister with node-redis', async () => redisRegister(await connected(durable.port)), vitest);
  describeRegister('redisRegister over HTTP', async () => redisRegister(await upstash(durable.port)), vitest);

  it('a server killed with -9 is an event for each driver, and all meet again when it is back', async () => {
    const groups = Object.entries(drivers).map(async ([name, make]) => {
      const join = async () => member(await make(fragile.port, name), name);
      const [one, two] = [await join(), await join()];
      await Promise.all([one.among(2), two.among(2)]);
      return { one, two, join };
    });
    const all = await Promise.all(groups);
    await fragile.kill();
    for (const { one } of all)
      expect(await one.fault(/^redis(Bus|Mailbox) could not .+: .+/)).toMatch(/[(]the store is/);
    await fragile.restart();
    const together = all.map(async ({ one, two, join }) => {
      const three = await join();
      await Promise.all([one.among(3), two.among(3), three.among(3)]);
    });
    await Promise.all(together);
  });

  it('a server that comes later is an event for each driver, and is joined when it comes', async () => {
    const later = await start();
    await later.kill();
    const makes: Record<string, (port: number) => Bus> = {
      'redisBus with ioredis': (port) => redisBus(ioredis(port)),
      'redisBus with node-redis': (port) => redisBus(connecting(port)),
      'redisMailbox with ioredis': (port) => redisMailbox(ioredis(port)),
      'redisMailbox with node-redis': (port) => redisMailbox(connecting(port)),
    };
    const early = Object.entries(makes).map(([name, make]) => ({ name, make, one: member(make(later.port), name) }));
    for (const { one } of early) expect(await one.fault(/^redis/)).toMatch(/ECONNREFUSED.*the store is not there/);
    await later.restart();
    const joined = early.map(({ name, make, one }) =>
      Promise.all([one.among(2), member(make(later.port), name).among(2)]),
    );
    await Promise.all(joined);
  });

  /** Begins to connect, and does not wait for it. */
  function connecting(port: number) {
    const client = nodeRedis(port);
    void client.connect().catch(() => {});
    return client;
  }

  it('a wrong password is an event that says so', async () => {
    const locked = await start(['--requirepass', 'right']);
    for (const make of [redisBus, redisMailbox]) {
      expect(await member(make(ioredis(locked.port, { password: 'wrong' }))).fault(/^redis/)).toMatch(
        /WRONGPASS.*check the user and the password/,
      );
      expect(await member(make(ioredis(locked.port))).fault(/^redis/)).toMatch(/NOAUTH.*check the user/);
    }
  });

  it('a read-only replica is an event that says so, where reports are kept', async () => {
    const replica = await start(['--replicaof', '127.0.0.1', String(server.port)]);
    const said = await member(redisMailbox(ioredis(replica.port))).fault(/^redisMailbox/);
    expect(said).toMatch(/READONLY.*the server is a read-only replica: connect to the primary/);
  });

  it('a name that is in use for something else is an event that says so', async () => {
    await ioredis(server.port).set('{taken}', 'by others');
    const said = await member(redisMailbox(ioredis(server.port), 'taken')).fault(/^redisMailbox/);
    expect(said).toMatch(/WRONGTYPE.*something else uses this name: choose another/);
  });

  it('groups of one channel or mailbox do not know of each other', async () => {
    const apart = [redisBus, redisMailbox].map(async (make) => {
      const bus = make(ioredis(server.port), 'of several groups');
      const [one, two, other] = [member(bus, 'a'), member(bus, 'a'), member(bus, 'b')];
      await Promise.all([one.among(2), two.among(2)]);
      expect(other.sharing.alone).toBe(true);
    });
    await Promise.all(apart);
  });

  it('a client has one listener of ours for its errors while it is used, and none afterwards', async () => {
    const client = ioredis(server.port);
    const before = client.listenerCount('error');
    const all = Array.from({ length: 15 }, () => member(redisMailbox(client, 'counted')));
    await all[0]?.among(15);
    expect(client.listenerCount('error')).toBe(before + 1);
    await closeMembers();
    expect(client.listenerCount('error')).toBe(before);
  });

  it('what is left in a mailbox is gone soon after the last member', async () => {
    const client = ioredis(server.port);
    await member(redisMailbox(client, 'left alone')).sharing.ready;
    for (const key of ['{left alone}', '{left alone}:at']) expect(await client.pttl(key)).toBeGreaterThan(0);
  });

  it('a client that cannot listen, or is none, is refused with the rule', () => {
    expect(() => redisBus({ eval: async () => [] } as never)).toThrow(
      /redisBus client must be a client of ioredis or redis/,
    );
    expect(() => redisMailbox({} as never)).toThrow(/redisMailbox client must be a client of Redis, got an object/);
    expect(() => redisMailbox(undefined as never)).toThrow(/got undefined/);
    expect(() => redisMailbox(ioredis(server.port), '')).toThrow(/redisMailbox name must be a string of 1 to 63 bytes/);
  });
});
