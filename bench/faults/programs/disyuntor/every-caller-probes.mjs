// The first probe failed, and the cooldown has grown to its maximum. Ten callers come when it is over.
import { setTimeout as sleep } from 'node:timers/promises';
import { Disyuntor } from 'disyuntor';

let made = 0;
const breaker = new Disyuntor({ name: 'service', maxFailures: 1, cooldown: '20ms', maxCooldown: '30ms' });
const down = () => breaker.protect(() => Promise.reject(new Error('down'))).catch(() => {});
await down();
await sleep(50);
await down();
await sleep(50);
for (let i = 0; i < 10; i++) breaker.protect(() => new Promise(() => made++)).catch(() => {});
console.log(`${made} of 10 calls were let through at once, in state ${breaker.state}`);
process.exit();
