import { once } from 'node:events';
import { createAdaptorServer } from '@hono/node-server';
import { redisBus } from '@switchgear/sharing/redis';
import { Redis } from 'ioredis';
import { createTileProxy } from './tile-proxy.ts';

// `tiles`: one instance of the tile proxy. `TILES` is the address of the tile server, `REDIS_URL` that of Redis, `PORT` where it
// listens.

const { TILES, REDIS_URL = 'redis://127.0.0.1:6379', PORT = '0' } = process.env;
if (!TILES) throw new Error('Set TILES to the address of a tile server, such as http://127.0.0.1:9001');

const redis = new Redis(REDIS_URL);
const { app, breaker, sharing } = createTileProxy({ tiles: TILES, bus: redisBus(redis), log: console.log });
breaker.subscribe(({ type, from, to, because }) => type === 'move' && console.log(`${from} → ${to}: ${because.rule}`));
const server = createAdaptorServer({ fetch: app.fetch });
server.listen(Number(PORT), '127.0.0.1');
await once(server, 'listening');
console.log(`Tiles at http://127.0.0.1:${(server.address() as { port: number }).port}/tiles/{z}/{x}/{y}.svg`);

await Promise.race(['SIGINT', 'SIGTERM'].map((signal) => once(process, signal)));
await sharing.close();
redis.disconnect();
server.close();
