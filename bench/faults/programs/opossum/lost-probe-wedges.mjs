// With its timeout off, as for a call that has one of its own, the probe never settles.
import { setTimeout as sleep } from 'node:timers/promises';
import CircuitBreaker from 'opossum';

const breaker = new CircuitBreaker((call) => call(), { timeout: false, resetTimeout: 20 });
await breaker.fire(() => Promise.reject(new Error('down'))).catch(() => {});
await sleep(50);
let probes = 0;
breaker.fire(() => new Promise(() => probes++));
await sleep(50 * 20);
const refused = await breaker.fire(async () => 'fine').catch((error) => error.message);
console.log(`${probes} probe was made; 50 times its open time later the caller gets "${refused}"`);
