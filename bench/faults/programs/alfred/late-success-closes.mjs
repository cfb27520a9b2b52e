// A probe is under way when a call begun before the outage succeeds.
import { setTimeout as sleep } from 'node:timers/promises';
import { circuitBreaker } from '@git-stunts/alfred';

let answer;
const breaker = circuitBreaker({ threshold: 1, duration: 20 });
const late = breaker.execute(() => new Promise((resolve) => (answer = resolve)));
await breaker.execute(() => Promise.reject(new Error('down'))).catch(() => {});
await sleep(50);
breaker.execute(() => new Promise(() => {}));
const before = breaker.state;
answer('from before the outage');
await late;
console.log(`${before}, the probe has not answered, and then the circuit is ${breaker.state}`);
