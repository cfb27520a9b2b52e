import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import type { Said } from '../test/programs/client.ts';
import { type Store, storesAsked, type Way } from './stores.ts';
import { printTable } from './table.ts';

// `node fleet.ts [redis|postgres|nats…]`: eight processes with one call a second each, over each bus, before a server that dies,
// and comes back once all refuse. Prints how long it took until all knew of it. One that is woken is served by its next call, up
// to a second later.

const CLIENTS = 8;
const PATIENCE = 60_000;
const HEADS = [
  'bus',
  'all open after ms',
  'calls that failed',
  'all woken after ms',
  'all served after ms',
  'failures after the first success',
];

async function serve(port: number = 0): Promise<HttpServer> {
  const server = createServer((_, response) => response.end('here')).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** Waits until all clients have said such a thing, from this place in the list on. Returns when the last one did. */
async function all(said: readonly Said[], isIt: (said: Said) => boolean, from: number): Promise<number> {
  for (const latest = Date.now() + PATIENCE; Date.now() < latest; await pause(20)) {
    const first = Array.from({ length: CLIENTS }, (_, client) =>
      said.slice(from).find((each) => each.client === client && isIt(each)),
    );
    if (first.every((each) => each !== undefined)) return Math.max(...first.map((each) => each?.at ?? 0));
  }
  return Number.NaN;
}

const isServed = ({ what }: Said) => what === 'success';

async function play({ name }: Way<unknown>, port: number): Promise<unknown[]> {
  const server = await serve();
  const { port: servedAt } = server.address() as AddressInfo;
  const said: Said[] = [];
  const program = new URL('fleet-client.ts', import.meta.url).pathname;
  const clients = Array.from({ length: CLIENTS }, (_, client): ChildProcess => {
    const args = ['--conditions=@switchgear/source', program, name, String(port), `http://127.0.0.1:${servedAt}`];
    const child = spawn(process.execPath, [...args, String(client)], { stdio: ['pipe', 'pipe', 'inherit'] });
    createInterface(child.stdout).on('line', (line) => said.push(JSON.parse(line)));
    return child;
  });
  try {
    await all(said, isServed, 0);
    // A few calls each, and time to hear of each other.
    await pause(4_000);
    const dead = said.length;
    const diedAt = Date.now();
    server.close().closeAllConnections();
    const openedAt = await all(said, ({ to }) => to === 'open', dead);
    await all(said, ({ what }) => what === 'refused', dead);
    const failed = said.slice(dead).filter(({ what }) => what === 'failure').length;

    const back = said.length;
    const backAt = Date.now();
    const again = await serve(servedAt);
    const servedAgainAt = await all(said, isServed, back);
    // Who waits for the answer to a probe at the return is awake already.
    const woken = said.filter(({ to }, i) => i >= back && to === 'half-open' && (said[i]?.at ?? 0) <= servedAgainAt);
    const wokenAt = Math.max(backAt, ...woken.map(({ at }) => at));
    const first = said.findIndex(({ what }, i) => i >= back && what === 'success');
    const later = said.slice(first).filter(({ what }) => what === 'failure').length;
    again.close().closeAllConnections();
    return [name, openedAt - diedAt, failed, wokenAt - backAt, servedAgainAt - backAt, later];
  } finally {
    for (const child of clients) child.stdin?.end();
  }
}

async function rowsOf(store: Store): Promise<unknown[][]> {
  const rows: unknown[][] = [];
  const server = await store.start();
  try {
    for (const way of store.buses) rows.push(await play(way, server.port));
  } finally {
    await server.stop();
  }
  return rows;
}

const rows: unknown[][] = [];
for (const store of storesAsked()) rows.push(...(await rowsOf(store)));
printTable(`${CLIENTS} processes with one call a second each`, HEADS, rows);
