import assert from 'node:assert/strict';
import { createBreaker, share } from '@switchgear/sharing';
import { clusterBus } from '@switchgear/sharing/node';

const breaker = createBreaker({ name: 'alone' });
const sharing = share(breaker, { group: 'alone' });

assert.equal(await breaker.run(() => 'answer'), 'answer');
assert.equal(sharing.instances, 1);
assert.equal(typeof clusterBus().open, 'function');
await sharing.close();
console.log('story told');
