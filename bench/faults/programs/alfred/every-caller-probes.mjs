// Ten callers come when the open time is over.
import { setTimeout as sleep } from 'node:timers/promises';
import { circuitBreaker } from '@git-stunts/alfred';

let made = 0;
const breaker = circuitBreaker({ threshold: 1, duration: 20 });
await breaker.execute(() => Promise.reject(new Error('down'))).catch(() => {});
await sleep(50);
for (let i = 0; i < 10; i++) breaker.execute(() => new Promise(() => made++));
console.log(`${made} of 10 calls were let through at once, in state ${breaker.state}`);
