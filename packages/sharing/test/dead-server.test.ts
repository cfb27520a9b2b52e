import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import type { Said } from './programs/client.ts';

const CLIENTS = 8;
/** The fewest failures on which a breaker with default plugs opens alone. */
const ALONE = 3;

type OnFinished = (stop: () => void) => void;

async function serve(finished: OnFinished, port: number = 0): Promise<Server> {
  const server = createServer((_, response) => response.end('here')).listen(port, '127.0.0.1');
  await once(server, 'listening');
  finished(() => server.close().closeAllConnections());
  return server;
}

/** Starts a program with clients of this server. What they say is collected. */
function start(
  finished: OnFinished,
  program: string,
  port: number,
): { said: Said[]; heard: (done: (said: readonly Said[]) => boolean) => Promise<void> } {
  const file = new URL(`programs/${program}.ts`, import.meta.url).pathname;
  const args = ['--conditions=@switchgear/source', file, `http://127.0.0.1:${port}`, String(CLIENTS)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  finished(() => void child.kill());
  const said: Said[] = [];
  const lines = createInterface(child.stdout);
  lines.on('line', (line) => said.push(JSON.parse(line)));
  return {
    said,
    async heard(done) {
      while (!done(said)) await once(lines, 'line');
    },
  };
}

/** Whether all clients have said this so many times, from this place in the list on. */
function all(said: readonly Said[], what: Said['what'], from: number, times: number = 1): boolean {
  const counts = new Array<number>(CLIENTS).fill(0);
  for (const each of said.slice(from)) if (each.what === what) (counts[each.client] as number)++;
  return counts.every((count) => count >= times);
}

/** When the last client first said such a thing. */
function lastOf(said: readonly Said[], isIt: (said: Said) => boolean): number {
  const clients = Array.from({ length: CLIENTS }, (_, client) => client);
  return Math.max(
    ...clients.map((client) => said.find((each) => each.client === client && isIt(each))?.at ?? Number.NaN),
  );
}

// Both at once: they wait for seconds of their clients.
describe.concurrent.each(['cluster', 'threads'])('eight clients in a %s', (program) => {
  it('know of a dead server before any of them could alone, and of its return by the success of one', async ({
    onTestFinished,
  }) => {
    const server = await serve(onTestFinished);
    const { port } = server.address() as AddressInfo;
    const { said, heard } = start(onTestFinished, program, port);
    await heard((so) => all(so, 'success', 0, 3));

    const dead = said.length;
    const diedAt = Date.now();
    server.close().closeAllConnections();
    await heard((so) => all(so, 'refused', dead));
    const know = said.slice(dead);
    const rules = know.flatMap(({ what, rule }) => (what === 'move' ? [rule] : []));
    for (let client = 0; client < CLIENTS; client++) {
      const own = know.filter((each) => each.client === client);
      const failures = own
        .slice(
          0,
          own.findIndex(({ what }) => what === 'refused'),
        )
        .filter(({ what }) => what === 'failure');
      expect(failures.length).toBeLessThan(ALONE);
    }
    expect(rules.filter((rule) => rule?.startsWith('pooled')).length).toBeGreaterThanOrEqual(CLIENTS - 1);

    const back = said.length;
    const backAt = Date.now();
    await serve(onTestFinished, port);
    await heard((so) => all(so, 'success', back));
    const first = said.findIndex(({ what }, i) => i >= back && what === 'success');
    // Nobody else has to find out by failing: all calls after the first success succeed or are refused.
    expect(said.slice(first).filter(({ what }) => what === 'failure')).toEqual([]);

    const opened = lastOf(said.slice(dead), ({ to }) => to === 'open') - diedAt;
    const woken = lastOf(said.slice(back), ({ to }) => to === 'half-open') - backAt;
    const served = lastOf(said.slice(back), ({ what }) => what === 'success') - backAt;
    console.log(
      `${program}: all open after ${opened} ms; the server back, all woken after ${woken}, served after ${served} ms`,
    );
  });
});
