// Ten callers come when the circuit is half-open.
import { setTimeout as sleep } from 'node:timers/promises';
import CircuitBreaker from 'circuit-breaker-js';

let made = 0;
const breaker = new CircuitBreaker({ windowDuration: 100, numBuckets: 2, volumeThreshold: 1 });
for (let i = 0; i < 2; i++) breaker.run((_success, failed) => failed());
const before = breaker.isOpen() ? 'open' : 'closed';
while (breaker.isOpen()) await sleep(10);
for (let i = 0; i < 10; i++) breaker.run(() => made++);
console.log(`${before}, then ${made} of 10 calls were let through at once`);
process.exit();
