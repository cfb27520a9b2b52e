import assert from 'node:assert/strict';
import { consecutiveFailures } from '@switchgear/core';
import { circuitBreakers, createBreaker } from '@switchgear/fastify';
import Fastify from 'fastify';

let reached = 0;
const app = Fastify();
await app.register(circuitBreakers);
const breaker = createBreaker({ name: 'alone', openWhen: consecutiveFailures(2) });
app.get('/', { config: { breaker } }, (_request, reply) => reply.code(++reached === 1 ? 200 : 500).send({}));

// Fastify's own `inject` needs a newer Node than 20.0.
const url = await app.listen({ port: 0, host: '127.0.0.1' });
const statuses = [];
for (let i = 0; i < 4; i++) {
  const response = await fetch(url);
  await response.text();
  statuses.push(response.status);
}
assert.deepEqual(statuses, [200, 500, 500, 503]);
assert.equal(reached, 3);
await app.close();

console.log('story told');
