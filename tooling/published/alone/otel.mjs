import assert from 'node:assert/strict';
import { createNoopMeter } from '@opentelemetry/api';
import { consecutiveFailures, createBreaker } from '@switchgear/core';
import { instrumentBreakers } from '@switchgear/otel';

// As much of a meter as is needed to see what is reported; an SDK would be one more package.
let read = () => {};
const meter = Object.assign(Object.create(createNoopMeter()), {
  createObservableCounter: (name) => name,
  createObservableGauge: (name) => name,
  addBatchObservableCallback: (callback) => {
    read = callback;
  },
});
const payments = createBreaker({ name: 'payments', openWhen: consecutiveFailures(2) });
const { stop } = instrumentBreakers(payments, { meter });
for (let i = 0; i < 3; i++) await payments.run(() => Promise.reject(new Error('down'))).catch(() => 'down');

const reported = new Map();
read({ observe: (name, value, attributes) => reported.set([name, ...Object.values(attributes)].join(' '), value) });
assert.equal(reported.get('circuit_breaker.calls payments rejected'), 1);
assert.equal(reported.get('circuit_breaker.calls payments failure _OTHER'), 2);
assert.equal(reported.get('circuit_breaker.state payments open'), 1);
stop();

console.log('story told');
