import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { createBreaker } from '@switchgear/core';
import { type FaultProxy, faultProxy } from '@switchgear/testkit';
import { listen, stop } from '@switchgear/testkit/listen';
import { effectCaller } from './effect-caller.ts';
import { type Server, type Store, storesAsked } from './stores.ts';
import { keepCalling, type Subject, sharingCaller } from './subjects.ts';
import { percentile, printTable } from './table.ts';

// `node scenes.ts [redis|postgres|nats…]`: hurts each store while breakers are shared over it by each driver, and prints how
// long calls took, beside calls of a breaker that is not shared, in the same run; and Effect's breaker, whose state is in Redis.

type Hurt = (server: Server, proxy: FaultProxy) => Promise<unknown>;

const SCENES: Readonly<Record<string, Hurt>> = {
  'killed with -9, back after 4 s': async (server) => {
    await server.kill();
    await pause(4_000);
    await server.restart();
  },
  'frozen for 8 s (SIGSTOP)': async (server) => {
    await server.pause();
    await pause(8_000);
    await server.resume();
  },
  'killed and restarted at once': async (server) => {
    await server.kill();
    await server.restart();
    await pause(3_000);
  },
  'cut off for 8 s (no byte passes)': async (_, proxy) => {
    await proxy.become('black-hole');
    await pause(8_000);
    await proxy.become('pass');
  },
};

/** How long the drivers may take to meet again, in milliseconds. */
const PATIENCE = 60_000;
const HEADS = [
  'scene',
  'calls of',
  'calls',
  'failed',
  'p50 ms',
  'p99 ms',
  'longest ms',
  'faults told',
  'first of them',
];
const unhandled: unknown[] = [];
process.on('unhandledRejection', (reason) => unhandled.push(reason));
process.on('uncaughtException', (error) => unhandled.push(error));

const upstream = createServer((_, response) => response.end('here'));
const url = await listen(upstream);
const request = async () => (await fetch(url)).text();

for (const store of storesAsked()) {
  const rows: unknown[][] = [];
  const server = await store.start();
  const proxy = await faultProxy({ port: server.port });
  for (const [scene, hurt] of Object.entries(SCENES)) {
    const ends: (() => unknown)[] = [];
    try {
      rows.push(...(await play(store, scene, () => hurt(server, proxy), proxy.port, ends)));
    } finally {
      for (const end of ends.reverse()) await end();
    }
  }
  await proxy.close();
  await server.stop();
  const heads = [...HEADS, 'again after ms', 'sent at a time'];
  printTable(`${store.name}: calls while its store is hurt`, heads, rows);
}
console.log(`\nUnhandled rejections and uncaught exceptions: ${unhandled.length}`, ...unhandled);
await stop(upstream);
process.exitCode = unhandled.length === 0 ? 0 : 1;

async function play(
  store: Store,
  scene: string,
  hurt: () => Promise<unknown>,
  port: number,
  ends: (() => unknown)[],
): Promise<unknown[][]> {
  const alone = createBreaker({ name: 'payments' });
  const subjects: Subject[] = [{ name: 'no sharing', call: (call) => alone.run(call) }];
  for (const { name, make } of store.buses) {
    const group = sharingCaller(name, await make(port, ends), ends);
    // Another one for it to hear.
    sharingCaller(name, await make(port, ends), ends);
    subjects.push(group);
  }
  if (store.name === 'redis') subjects.push({ name: 'Effect 4.1, layerStoreRedis', call: effectCaller(port, ends) });
  const deadline = performance.now() + PATIENCE;
  for (const { name, shared } of subjects) {
    while (shared?.sharing.alone) {
      if (performance.now() > deadline)
        throw new Error(
          `${store.name}, ${scene}: ${name} heard from no other instance (${shared.faults[0] ?? 'no error'})`,
        );
      await pause(20);
    }
  }

  let isOver = false;
  const calling = subjects.map((subject) => keepCalling(subject, request, () => isOver));
  await hurt();
  isOver = true;
  const again = subjects.map(({ shared }) => shared && heardAgain(() => shared.sharing.report().received));
  const [calls, back] = [await Promise.all(calling), await Promise.all(again)];
  return subjects.map(({ name, shared }, i) => {
    const { took, failed } = calls[i] as (typeof calls)[number];
    const times = [percentile(took, 0.5), percentile(took, 0.99), percentile(took, 1)];
    const told = shared ? [shared.faults.length, shared.faults[0] ?? ''] : ['', ''];
    return [scene, name, took.length, failed, ...times, ...told, back[i] ?? '', shared?.mostSending ?? ''];
  });
}

/** How long until the next report comes. */
async function heardAgain(received: () => number): Promise<number | string> {
  const before = received();
  const began = performance.now();
  while (received() === before) {
    if (performance.now() - began > PATIENCE) return 'never';
    await pause(10);
  }
  return Math.round(performance.now() - began);
}
