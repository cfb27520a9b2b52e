import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { createAdaptorServer } from '@hono/node-server';
import { redisBus } from '@switchgear/sharing/redis';
import { listen, stop } from '@switchgear/testkit/listen';
import { redisOrSkip, type StoreServer, startRedis } from '@switchgear/testkit/stores';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTileProxy, type TileProxy } from '../src/tiles/tile-proxy.ts';

const executable = redisOrSkip();
/** How many failures the rule of one breaker needs: of two alone, twice as many. */
const NEEDS = 20;

/** A tile server that works or refuses, and counts. */
const tileServer = { works: true, asked: 0 };
const upstream = createServer((request, response) => {
  tileServer.asked++;
  response.writeHead(tileServer.works ? 200 : 503, { 'content-type': 'image/svg+xml' });
  response.end(tileServer.works ? `<svg>${request.url}</svg>` : '');
});

describe.skipIf(executable === undefined)('two tile proxies that share a circuit over Redis', () => {
  const ends: (() => unknown)[] = [];
  const proxies: (TileProxy & { readonly url: string; readonly rules: string[] })[] = [];
  let redis: StoreServer;

  async function start(tiles: string) {
    const client = new Redis(redis.port, '127.0.0.1');
    const proxy = createTileProxy({ tiles, bus: redisBus(client) });
    const rules: string[] = [];
    proxy.breaker.subscribe(({ type, because }) => type === 'move' && rules.push(because.rule));
    const server = createAdaptorServer({ fetch: proxy.app.fetch }) as Parameters<typeof listen>[0];
    const url = await listen(server);
    ends.push(
      () => proxy.sharing.close(),
      () => client.disconnect(),
      () => stop(server),
    );
    return { ...proxy, rules, url };
  }

  beforeAll(async () => {
    redis = await startRedis(executable as string);
    const tiles = await listen(upstream);
    proxies.push(await start(tiles), await start(tiles));
    while (proxies.some(({ sharing }) => sharing.alone)) await pause(10);
  });
  afterAll(async () => {
    for (const end of ends) await end();
    await stop(upstream);
    await redis?.stop();
  });

  /** Gets a tile from each proxy: fresh, a copy, or nothing. */
  async function tileOfEach(): Promise<('fresh' | 'copy' | 'nothing')[]> {
    const answers = await Promise.all(proxies.map(({ url }) => fetch(`${url}/tiles/4/3/7.svg`)));
    return answers.map(({ ok, headers }) => (ok ? (headers.has('x-copy-age-ms') ? 'copy' : 'fresh') : 'nothing'));
  }

  const states = () => proxies.map(({ breaker }) => breaker.state);

  it('serve fresh tiles while the tile server answers', async () => {
    expect(await tileOfEach()).toEqual(['fresh', 'fresh']);
  });

  it('open together when it fails, sooner than both could alone, and show their copies from the first failure on', async () => {
    tileServer.works = false;
    tileServer.asked = 0;
    while (!states().every((state) => state === 'open')) {
      expect(await tileOfEach()).toEqual(['copy', 'copy']);
      await pause(100);
    }
    expect(tileServer.asked).toBeLessThan(2 * NEEDS);
    expect(proxies.flatMap(({ rules }) => rules).filter((rule) => rule.startsWith('pooled')).length).toBeGreaterThan(0);
  });

  it('ask it for nothing but probes while it is down', async () => {
    tileServer.asked = 0;
    for (let i = 0; i < 100; i++) expect(await tileOfEach()).toEqual(['copy', 'copy']);
    expect(tileServer.asked).toBeLessThan(50);
  });

  it('let 5 %, 25 % and then all of the traffic through on the way back, and every tile is served meanwhile', async () => {
    tileServer.works = true;
    const shares = proxies.map(() => new Set<number>());
    while (!states().every((state) => state === 'closed')) {
      expect(await tileOfEach()).not.toContain('nothing');
      proxies.forEach(({ breaker }, i) => {
        if (breaker.state === 'half-open') shares[i]?.add(breaker.metrics().share ?? 0);
      });
      await pause(10);
    }
    for (const seen of shares) expect([...seen]).toEqual([0.05, 0.25, 1]);
    expect(await tileOfEach()).toEqual(['fresh', 'fresh']);
  });

  it('go on serving while Redis is frozen, and when it is dead', async () => {
    redis.pause();
    for (let i = 0; i < 20; i++) expect(await tileOfEach()).toEqual(['fresh', 'fresh']);
    await redis.kill();
    for (let i = 0; i < 20; i++) expect(await tileOfEach()).toEqual(['fresh', 'fresh']);
  });
});
