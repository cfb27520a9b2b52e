import assert from 'node:assert/strict';
import { coarseClock } from '@switchgear/coarse-clock';
import { createBreaker, isCircuitOpen } from '@switchgear/core';

const breaker = createBreaker({ name: 'alone', clock: coarseClock() });

assert.equal(await breaker.run(() => 'answer'), 'answer');
breaker.trip();
await assert.rejects(
  breaker.run(() => 'never'),
  isCircuitOpen,
);
console.log('story told');
