/** A process that delivers payments to a ledger over HTTP until it is killed. */
import { consecutiveFailures, createBreaker, fixed } from '@switchgear/core';
import { Pool } from 'pg';
import { createOutbox } from '../../src/index.ts';

const [url = '', ledger = '', table = ''] = process.argv.slice(2);
const pool = new Pool({ connectionString: url, max: 4, connectionTimeoutMillis: 1_000, query_timeout: 1_000 });
pool.on('error', () => undefined);
pool.on('connect', (client) => client.on('error', () => undefined));
const breaker = createBreaker({ name: 'ledger', openWhen: consecutiveFailures(5), openFor: fixed(100) });

const outbox = createOutbox<{ order: string }>(pool, {
  queue: 'payments',
  table,
  lease: 500,
  attempts: 10_000,
  retryIn: () => 50,
  poll: 50,
  deliver: ({ key, payload }) =>
    breaker.run(async () => {
      const answer = await fetch(ledger, {
        method: 'POST',
        headers: { 'idempotency-key': key },
        body: payload.order,
        signal: AbortSignal.timeout(400),
      });
      if (!answer.ok) throw new Error(`ledger: ${answer.status}`);
    }),
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
await outbox.drain(new AbortController().signal);
