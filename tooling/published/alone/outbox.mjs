import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { createBreaker } from '@switchgear/core';
import { createOutbox } from '@switchgear/outbox';
import pg from 'pg';

// A port where nobody listens: every connection is refused.
const taken = createServer();
await new Promise((listening) => taken.listen(0, '127.0.0.1', listening));
const { port } = taken.address();
await new Promise((closed) => taken.close(closed));

const pool = new pg.Pool({ host: '127.0.0.1', port, user: 'nobody', database: 'nothing' });
const breaker = createBreaker({ name: 'mails' });
const errors = [];
const outbox = createOutbox(pool, {
  queue: 'mails',
  deliver: ({ payload }) => breaker.run(() => payload),
  onError: (error) => errors.push(error),
});
await assert.rejects(outbox.add('hello'), { code: 'ECONNREFUSED' });

const stop = new AbortController();
const drained = outbox.drain(stop.signal);
while (errors.length === 0) await new Promise((soon) => setImmediate(soon));
stop.abort();
await drained;
await pool.end();
console.log('story told');
