import assert from 'node:assert/strict';
import { coarseClock, createBreaker, isCircuitOpen } from '@switchgear/coarse-clock';

const breaker = createBreaker({ name: 'alone', clock: coarseClock() });

assert.equal(await breaker.run(() => 'answer'), 'answer');
breaker.trip();
await assert.rejects(
  breaker.run(() => 'never'),
  isCircuitOpen,
);
console.log('story told');
