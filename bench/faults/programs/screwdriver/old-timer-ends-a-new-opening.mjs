// Opened at 0 ms for 200 ms, closed by hand, opened again at 150 ms: due to be open until 350 ms.
import { setTimeout as sleep } from 'node:timers/promises';
import circuitBreaker from 'screwdriver-node-circuitbreaker';

const breaker = new circuitBreaker(() => {}, { resetTimeout: 200 });
breaker.forceOpen();
breaker.forceClosed();
await sleep(150);
breaker.forceOpen();
await sleep(100);
console.log(`100 ms after it opened for 200 ms the circuit is ${breaker.isOpen() ? 'open' : 'no longer open'}`);
process.exit();
