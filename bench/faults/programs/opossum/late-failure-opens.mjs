// A call begun while the circuit was closed fails after it went half-open. No probe is made.
import { setTimeout as sleep } from 'node:timers/promises';
import CircuitBreaker from 'opossum';

let fail;
const slow = () => new Promise((_, reject) => (fail = reject));
const breaker = new CircuitBreaker((call) => call(), { resetTimeout: 20, errorThresholdPercentage: 10 });
const late = breaker.fire(slow);
await breaker.fire(() => Promise.reject(new Error('down'))).catch(() => {});
await sleep(50);
const before = breaker.halfOpen ? 'half-open' : 'not half-open';
fail(new Error('from before the outage'));
await late.catch(() => {});
console.log(`${before}, no probe was made, and then the circuit is ${breaker.opened ? 'open' : 'half-open'}`);
