import assert from 'node:assert/strict';
import { consecutiveFailures, createBreaker, isCircuitOpen } from '@switchgear/core';
import { manualClock } from '@switchgear/core/testing';

const clock = manualClock();
const breaker = createBreaker({ name: 'alone', openWhen: consecutiveFailures(2), clock });

assert.equal(await breaker.run(() => 42), 42);
for (let i = 0; i < 2; i++)
  await assert.rejects(
    breaker.run(() => Promise.reject(new Error('down'))),
    /down/,
  );
assert.equal(breaker.state, 'open');
await assert.rejects(
  breaker.run(() => 42),
  isCircuitOpen,
);

console.log('story told');
