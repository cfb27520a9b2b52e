import { afterAll, describe, expect, it } from 'vitest';
import { memoryRegister } from '../src/index.ts';
import { goDown, LEASE, Scene } from './prober-scene.ts';

/** `verify` makes 100 of them. */
const OUTAGES = Number(process.env['SHARING_OUTAGES'] ?? 3);

describe('several processes with one register', () => {
  const scene = new Scene(memoryRegister());
  afterAll(() => scene.stop());

  it(
    'send probes from one of them at a time, in each outage',
    async () => {
      await scene.start();
      await scene.until(() => scene.all('closed'));
      for (let outage = 0; outage < OUTAGES; outage++) {
        await goDown(scene, 'down');
        // Two probes fail, each with a lease of its own. Then the service is back.
        await scene.until(() => scene.calls.length >= 2);
        scene.service = 'up';
        await scene.until(() => scene.isClosed);
        scene.isOutage = false;
        await scene.until(() => scene.all('closed'));
        expect(scene.wrong).toEqual([]);
      }
      console.log(`${OUTAGES} outages, ${scene.leases} leases, no call by another process than the appointed one`);
    },
    120_000 + OUTAGES * 20_000,
  );

  it('replace the one that probes when it is killed', async () => {
    await goDown(scene, 'hanging');
    // It renews its lease as long as its probe hangs.
    const before = scene.renewals;
    await scene.until(() => scene.calls.length > 0 && scene.renewals > before);
    const killed = scene.holder;
    scene.processes.find((each) => scene.lives.get(each) === killed)?.kill('SIGKILL');
    const killedAt = performance.now();
    await scene.until(() => scene.holder !== undefined && scene.holder !== killed);
    console.log(`replaced ${Math.round(performance.now() - killedAt)} ms after kill -9, with a lease of ${LEASE} ms`);
    const replacement = scene.holder as string;
    await scene.until(() => scene.calls.includes(replacement));
    expect(scene.wrong).toEqual([]);
  });
});
