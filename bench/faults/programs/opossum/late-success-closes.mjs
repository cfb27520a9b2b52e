// A call begun while the circuit was closed succeeds after it went half-open. No probe is made.
import { setTimeout as sleep } from 'node:timers/promises';
import CircuitBreaker from 'opossum';

let answer;
const slow = () => new Promise((resolve) => (answer = resolve));
const breaker = new CircuitBreaker((call) => call(), { resetTimeout: 20 });
const late = breaker.fire(slow);
await breaker.fire(() => Promise.reject(new Error('down'))).catch(() => {});
await sleep(50);
answer('from before the outage');
await late;
console.log(`no probe was made, and the circuit is ${breaker.closed ? 'closed' : 'half-open'}`);
