import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { consecutiveFailures } from '@switchgear/core';
import { createBreaker, isCircuitOpen, protectPool } from '@switchgear/pg';
import { protectReplicas } from '@switchgear/pg/replicas';
import pg from 'pg';

// A port where nobody listens: every connection is refused.
const taken = createServer();
await new Promise((listening) => taken.listen(0, '127.0.0.1', listening));
const { port } = taken.address();
await new Promise((closed) => taken.close(closed));

const pool = new pg.Pool({ host: '127.0.0.1', port, user: 'nobody', database: 'nothing' });
const breaker = createBreaker({ name: 'alone', openWhen: consecutiveFailures(2) });
protectPool(pool, { breaker });

for (let i = 0; i < 2; i++) await assert.rejects(pool.query('SELECT 1'), { code: 'ECONNREFUSED' });
assert.equal(breaker.state, 'open');
await assert.rejects(pool.query('SELECT 1'), isCircuitOpen);

const pools = [1, 2].map(() => new pg.Pool({ host: '127.0.0.1', port, user: 'nobody', database: 'nothing' }));
const { read, rows } = protectReplicas({ name: 'orders', primary: pools[0], replicas: [pools[1]] });
await assert.rejects(read.query('SELECT 1'), { code: 'ECONNREFUSED' });
assert.deepEqual(
  rows().map(({ id }) => id),
  ['primary', 'replica-1'],
);

for (const each of [pool, ...pools]) await each.end();
console.log('story told');
