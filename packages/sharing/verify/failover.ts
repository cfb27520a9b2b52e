import { setTimeout as pause } from 'node:timers/promises';
import { redisOrSkip, sentinelOrSkip, startRedis, startSentinel } from '@switchgear/testkit/stores';
import { Redis } from 'ioredis';
import { createBreaker, share } from '../src/index.ts';
import { redisBus, redisRegister } from '../src/redis/index.ts';

// `node failover.ts`: a Redis with one replica and a sentinel. The replica lags, the primary confirms writings, and dies. Shows that
// the register then goes back in time, which is why its README promises nothing over a failover, and that the bus recovers.

const [executable, sentinelProgram] = [redisOrSkip() ?? '', sentinelOrSkip() ?? ''];
const WRITINGS = 50;

const primary = await startRedis(executable, ['--repl-backlog-size', '1mb']);
const replica = await startRedis(executable, ['--replicaof', '127.0.0.1', String(primary.port)]);
const sentinel = await startSentinel(sentinelProgram, primary.port);
const clients: Redis[] = [];
try {
  const client = (): Redis => {
    const made = new Redis({
      sentinels: [{ host: '127.0.0.1', port: sentinel.port }],
      name: 'breakers',
      maxRetriesPerRequest: null,
    });
    clients.push(made.on('error', () => {}));
    return made;
  };
  const register = redisRegister(client());
  const members = [1, 2].map(() => {
    const faults: string[] = [];
    const sharing = share(createBreaker({ name: 'payments' }), {
      group: 'failover',
      bus: redisBus(client()),
      onEvent: (event) => event.type === 'fault' && faults.push(String(event.error)),
    });
    return { sharing, faults };
  });
  while (members.some(({ sharing }) => sharing.alone)) await pause(20);
  // Until the sentinel knows the replica, there is nobody to appoint.
  const asks = new Redis(sentinel.port, '127.0.0.1');
  clients.push(asks);
  while (((await asks.call('SENTINEL', ['REPLICAS', 'breakers'])) as unknown[]).length === 0) await pause(100);
  let { now } = await register.swap('payments', undefined, '0', 600_000);
  await pause(1_000);

  replica.pause();
  for (let i = 1; i <= WRITINGS; i++) ({ now } = await register.swap('payments', now?.version, String(i), 600_000));
  const before = members.map(({ sharing }) => sharing.report().received);
  const killedAt = performance.now();
  await primary.kill();
  replica.resume();
  const after = (await register.read('payments')).get('payments');
  const failedOver = Math.round(performance.now() - killedAt);
  while (members.some(({ sharing }, i) => sharing.report().received === before[i])) await pause(20);
  const heard = Math.round(performance.now() - killedAt);
  const lost = WRITINGS - Number(after?.value ?? -1);
  console.log(`${WRITINGS} writings were confirmed; after the failover (${failedOver} ms) ${lost} of them are lost.`);
  const { won, now: later } = await register.swap('payments', after?.version, 'later', 600_000);
  const isNew = BigInt(later?.version ?? 0) > BigInt(now?.version ?? 0);
  console.log(
    `The next swap ${won ? 'wins' : 'loses'}, and its version is ${isNew ? 'higher than' : 'NOT above'} all lost ones.`,
  );
  console.log(`The bus brings reports again ${heard} ms after the kill. Faults:`, members[0]?.faults);
  await Promise.all(members.map(({ sharing }) => sharing.close()));
  process.exitCode = lost > 0 && won && isNew ? 0 : 1;
} finally {
  for (const client of clients) client.disconnect();
  for (const server of [sentinel, replica, primary]) await server.stop();
}
