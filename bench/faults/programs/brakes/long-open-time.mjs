// Open for thirty days.
import { setTimeout as sleep } from 'node:timers/promises';
import Brakes from 'brakes';

const month = 30 * 24 * 60 * 60 * 1_000;
const breaker = new Brakes(() => Promise.reject(new Error('down')), { waitThreshold: 0, circuitDuration: month });
await breaker.exec().catch(() => {});
const before = breaker.isOpen() ? 'open' : 'closed';
await sleep(50);
console.log(`${before} after the failure, and 50 ms later ${breaker.isOpen() ? 'open' : 'closed'}`);
