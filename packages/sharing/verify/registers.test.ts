import { describeRegister } from '@switchgear/testkit';
import * as vitest from 'vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Register } from '../src/index.ts';
import { goDown, LEASE, Scene } from '../test/prober-scene.ts';
import { type Server, stores } from './stores.ts';

/** Outages with each register. */
const OUTAGES = Number(process.env['SHARING_OUTAGES'] ?? 100);

describe.each(stores)('registers of $name', (store) => {
  const ends: (() => unknown)[] = [];
  let server: Server;

  beforeAll(async () => {
    server = await store.start();
  });
  afterAll(async () => {
    for (const end of ends.reverse()) await end();
    await server.stop();
  });

  for (const { name, make } of store.registers) {
    describeRegister(name, () => make(server.port, ends), vitest, {
      swaps: 500,
      meanwhile: {
        'its server is killed with -9 and started again': () => server.kill().then(() => server.restart()),
        'its server stands still for four seconds': async () => {
          await server.pause();
          await new Promise((resolve) => setTimeout(resolve, 4_000));
          await server.resume();
        },
      },
    });
  }

  it(`exactly one process probes at a time in each of ${OUTAGES} outages, and one that is killed is replaced`, async () => {
    const way = store.registers[0];
    const scene = new Scene((await way?.make(server.port, ends)) as Register);
    try {
      await scene.start();
      await scene.until(() => scene.all('closed'));
      for (let outage = 0; outage < OUTAGES; outage++) {
        await goDown(scene, 'down');
        await scene.until(() => scene.calls.length >= 2);
        scene.service = 'up';
        await scene.until(() => scene.isClosed);
        scene.isOutage = false;
        await scene.until(() => scene.all('closed'));
        expect(scene.wrong).toEqual([]);
      }
      await goDown(scene, 'hanging');
      const before = scene.renewals;
      await scene.until(() => scene.calls.length > 0 && scene.renewals > before);
      const killed = scene.holder;
      scene.processes.find((each) => scene.lives.get(each) === killed)?.kill('SIGKILL');
      const killedAt = performance.now();
      await scene.until(() => scene.holder !== undefined && scene.holder !== killed);
      const took = Math.round(performance.now() - killedAt);
      console.log(
        `${way?.name}: ${OUTAGES} outages, ${scene.leases} leases; replaced ${took} ms after kill -9, with a lease of ${LEASE} ms`,
      );
      expect(scene.wrong).toEqual([]);
    } finally {
      await scene.stop();
    }
  }, 3_600_000);
});
