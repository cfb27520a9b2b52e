import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startPostgres } from '@switchgear/testkit/postgres';
import { Pool } from 'pg';
import { createOutbox } from '../../src/index.ts';

/** What came of it. */
export interface Outcome {
  readonly messages: number;
  /** How often each payment was made, by order: 1 is right. */
  readonly paid: ReadonlyMap<string, number>;
  /** Requests that came again under a key the ledger knew. */
  readonly repeated: number;
  readonly kills: { readonly worker: number; readonly database: number };
}

/** Adds messages while two workers deliver them, and kills a worker or the database a number of times. */
export async function killAtRandom(kills: number, chance: () => number): Promise<Outcome> {
  const postgres = await startPostgres();
  const { paid, repeated, url, close } = await openLedger(chance);
  const pool = new Pool({
    connectionString: postgres.url,
    max: 2,
    connectionTimeoutMillis: 1_000,
    query_timeout: 1_000,
  });
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const outbox = createOutbox<{ order: string }>(pool, { queue: 'payments', deliver: async () => undefined });
  const table = 'switchgear_outbox';
  const workers = [startWorker(), startWorker()];
  const killed = { worker: 0, database: 0 };
  let messages = 0;
  try {
    await outbox.createTable();
    for (let round = 0; round < kills; round++) {
      for (let index = 0; index < 5; index++) await add(`A-${messages++}`);
      await delay(chance() * 150);
      // Every third time it is the database's turn.
      if (round % 3 !== 1) {
        killed.worker++;
        workers[round % 2]?.kill('SIGKILL');
        workers[round % 2] = startWorker();
      } else {
        killed.database++;
        await postgres.kill();
        await postgres.restart();
      }
    }
    const deadline = performance.now() + 30_000;
    while ((await outbox.counts().catch(() => undefined))?.waiting !== 0) {
      if (performance.now() > deadline) throw new Error('not drained within 30 s');
      await delay(50);
    }
    return { messages, paid, repeated: repeated(), kills: killed };
  } finally {
    for (const worker of workers) worker.kill('SIGKILL');
    await pool.end();
    close();
    await postgres.stop();
  }

  function startWorker(): ChildProcess {
    const conditions = ['--conditions=@switchgear/source'];
    return fork(fileURLToPath(new URL('./worker.ts', import.meta.url)), [postgres.url, url, table], {
      execArgv: conditions,
    });
  }

  /** As a shop would: with the order's own key, so that it can try again if the outcome of an insert is unknown. */
  async function add(order: string): Promise<void> {
    for (;;) {
      try {
        await outbox.add({ order }, { key: order });
        return;
      } catch {
        await delay(20);
      }
    }
  }
}

/** A payment service that keeps its promise about keys, answers late at times, and sometimes not at all. */
async function openLedger(chance: () => number) {
  const paid = new Map<string, number>();
  const keys = new Set<string>();
  let repeated = 0;
  const server = createServer(async (request, response) => {
    const key = String(request.headers['idempotency-key']);
    let order = '';
    for await (const chunk of request) order += chunk;
    if (keys.has(key)) repeated++;
    else paid.set(order, (paid.get(order) ?? 0) + 1);
    keys.add(key);
    // The money is taken; what the caller learns of it is another matter.
    const luck = chance();
    if (luck < 0.05) response.destroy();
    else setTimeout(() => response.end(), luck < 0.1 ? 600 : luck * 20);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { paid, repeated: () => repeated, url: `http://127.0.0.1:${port}`, close };
}
