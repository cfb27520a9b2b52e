import assert from 'node:assert/strict';
import { consecutiveFailures, createBreaker, isCircuitOpen } from '@switchgear/core';
import { fallback, pipeline, timeout, value } from '@switchgear/policies';

let reached = 0;
const orders = pipeline(
  fallback([value('less')]),
  createBreaker({ name: 'alone', openWhen: consecutiveFailures(2) }),
  timeout(20),
);
// Limits keep no process alive, so something else has to.
const open = setInterval(() => {}, 1_000);
const hang = () => {
  reached++;
  return new Promise(() => {});
};

for (let i = 0; i < 2; i++) assert.equal((await orders.run(hang)).servedBy, 'value');
const { value: shown, cause } = await orders.run(hang);
assert.equal(shown, 'less');
assert.equal(isCircuitOpen(cause), true);
assert.equal(reached, 2);

clearInterval(open);
console.log('story told');
