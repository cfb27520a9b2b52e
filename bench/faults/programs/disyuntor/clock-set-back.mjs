// The machine's clock is set back by an hour while the circuit is open for 20 ms.
import { setTimeout as sleep } from 'node:timers/promises';
import { Disyuntor } from 'disyuntor';

const real = Date.now;
const breaker = new Disyuntor({ name: 'service', maxFailures: 1, cooldown: '20ms', maxCooldown: '20ms' });
await breaker.protect(() => Promise.reject(new Error('down'))).catch(() => {});
Date.now = () => real() - 3_600_000;
await sleep(500);
const seen = await breaker.protect(async () => 'fine').catch((error) => error.message);
console.log(`25 times its open time later the caller gets "${seen}"`);
process.exit();
