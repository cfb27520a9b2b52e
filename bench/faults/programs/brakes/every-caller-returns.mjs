// Ten callers come when the open time is over, to a service that is still down.
import { setTimeout as sleep } from 'node:timers/promises';
import Brakes from 'brakes';

let made = 0;
const down = () => Promise.reject(new Error(`down ${made++}`));
const breaker = new Brakes(down, { waitThreshold: 0, circuitDuration: 20 });
await breaker.exec().catch(() => {});
const before = breaker.isOpen() ? 'open' : 'closed';
await sleep(50);
for (let i = 0; i < 10; i++) breaker.exec().catch(() => {});
console.log(`${before}, then ${made - 1} of 10 calls were let through at once; no call was made to find out first`);
