import assert from 'node:assert/strict';
import { createBreaker, share } from '@switchgear/sharing';
import { hubMailbox } from '@switchgear/sharing/durable-object';
import { natsBus } from '@switchgear/sharing/nats';
import { clusterBus } from '@switchgear/sharing/node';
import { postgresMailbox } from '@switchgear/sharing/postgres';
import { redisMailbox } from '@switchgear/sharing/redis';

const breaker = createBreaker({ name: 'alone' });
const sharing = share(breaker, { group: 'alone' });

assert.equal(await breaker.run(() => 'answer'), 'answer');
assert.equal(sharing.instances, 1);
for (const bus of [
  clusterBus(),
  hubMailbox({ idFromName: () => '', get: () => ({}) }),
  natsBus({ publish() {} }),
  redisMailbox({ eval: async () => ['0'] }),
  postgresMailbox({ query: async () => [] }),
])
  assert.equal(typeof bus.open, 'function');
await sharing.close();
console.log('story told');
