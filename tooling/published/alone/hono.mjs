import assert from 'node:assert/strict';
import { consecutiveFailures } from '@switchgear/core';
import { circuitBreaker, createBreaker } from '@switchgear/hono';
import { Hono } from 'hono';

let reached = 0;
const app = new Hono();
app.use(circuitBreaker({ breaker: createBreaker({ name: 'alone', openWhen: consecutiveFailures(2) }) }));
app.get('/', (context) => context.text('', ++reached === 1 ? 200 : 500));

const statuses = [];
for (let i = 0; i < 4; i++) statuses.push((await app.request('/')).status);
assert.deepEqual(statuses, [200, 500, 500, 503]);
assert.equal(reached, 3);

console.log('story told');
