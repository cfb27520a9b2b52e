import assert from 'node:assert/strict';
import { createBalancer } from '@switchgear/balancer';

const balancer = createBalancer({ name: 'alone', endpoints: [{ id: 'a' }, { id: 'b' }] });

assert.match(await balancer.run(({ id }) => id), /^[ab]$/);
assert.equal(balancer.rows().length, 2);
console.log('story told');
