import { Kvm } from '@nats-io/kv';
import { type ConnectionOptions, connect, type NatsConnection } from '@nats-io/transport-node';
import { describeBus, describeRegister } from '@switchgear/testkit';
import { natsOrSkip, type StoreServer, startNats } from '@switchgear/testkit/stores';
import * as vitest from 'vitest';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { natsBus, natsRegister } from '../../src/nats/index.ts';
import { closeMembers, member } from './member.ts';

const executable = natsOrSkip();

describe.skipIf(executable === undefined)('over NATS', () => {
  const connections: NatsConnection[] = [];
  let server: StoreServer;

  async function joined({ port }: StoreServer, options: ConnectionOptions = {}): Promise<NatsConnection> {
    const patient = { maxReconnectAttempts: -1, reconnectTimeWait: 100, waitOnFirstConnect: true };
    const connection = await connect({ servers: `127.0.0.1:${port}`, ...patient, ...options });
    connections.push(connection);
    return connection;
  }

  async function register() {
    const connection = await joined(server);
    return natsRegister(connection, await new Kvm(connection).create('breakers', { allow_direct: false }));
  }

  beforeAll(async () => {
    server = await startNats(executable as string);
  });
  afterEach(async () => {
    await closeMembers();
    await Promise.all(connections.splice(0).map((connection) => connection.close()));
  });
  afterAll(() => server?.stop());

  describeBus('natsBus', async (subject) => natsBus(await joined(server), subject.replaceAll(' ', '-')), vitest);
  describeRegister('natsRegister', register, vitest);

  it('a server killed with -9 is an event once it stays away, and all meet again when it is back', async () => {
    const [one, two] = [member(natsBus(await joined(server))), member(natsBus(await joined(server)))];
    await Promise.all([one.among(2), two.among(2)]);
    await server.kill();
    expect(await one.fault(/./)).toMatch(/natsBus could not publish|The bus takes no reports/);
    await server.restart();
    const three = member(natsBus(await joined(server)));
    await Promise.all([one.among(3), two.among(3), three.among(3)]);
  });

  it('a connection that has ended for good is an event that says so', async () => {
    const connection = await joined(server);
    const one = member(natsBus(connection));
    await one.sharing.ready;
    await connection.close();
    expect(await one.fault(/^natsBus/)).toMatch(/could not (publish|keep its connection|listen): closed connection/i);
  });

  it('a report that is too large is an event that says so', async () => {
    const connection = await natsBus(await joined(server)).open(() => {});
    await expect(connection.send('x'.repeat(2_000_000))).rejects.toThrow(/max.?payload.*no report of this size/i);
    await connection.close();
  });

  it('what is no connection or bucket is refused with the rule', () => {
    expect(() => natsBus({} as never)).toThrow(/natsBus connection must be a connection to NATS, got an object/);
    expect(() => natsRegister({ request() {} } as never, undefined as never)).toThrow(
      /natsRegister bucket must be a bucket of NATS, got undefined/,
    );
  });
});
