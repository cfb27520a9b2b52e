// A probe is under way when a call begun before the outage fails.
import { setTimeout as sleep } from 'node:timers/promises';
import { circuitBreaker } from '@git-stunts/alfred';

let fail;
const breaker = circuitBreaker({ threshold: 1, duration: 20 });
const late = breaker.execute(() => new Promise((_, reject) => (fail = reject)));
await breaker.execute(() => Promise.reject(new Error('down'))).catch(() => {});
await sleep(50);
breaker.execute(() => new Promise(() => {}));
const before = breaker.state;
fail(new Error('from before the outage'));
await late.catch(() => {});
console.log(`${before}, the probe has not answered, and then the circuit is ${breaker.state}`);
