// Open for thirty days.
import { setTimeout as sleep } from 'node:timers/promises';
import Levee from 'levee';

const month = 30 * 24 * 60 * 60 * 1_000;
const service = { execute: (callback) => callback(new Error('down')) };
const breaker = new Levee.Breaker(service, { maxFailures: 1, resetTimeout: month });
await new Promise((resolve) => breaker.run(resolve));
await sleep(50);
console.log(`50 ms later the circuit is ${breaker.isHalfOpen() ? 'half-open' : 'open'}`);
