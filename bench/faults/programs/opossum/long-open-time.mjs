// Open for thirty days, as a breaker before a provider that locked our account may be.
import { setTimeout as sleep } from 'node:timers/promises';
import CircuitBreaker from 'opossum';

const month = 30 * 24 * 60 * 60 * 1_000;
const breaker = new CircuitBreaker(() => Promise.reject(new Error('down')), { resetTimeout: month });
await breaker.fire().catch(() => {});
await sleep(50);
console.log(`50 ms later the circuit is ${breaker.halfOpen ? 'half-open' : 'open'}`);
