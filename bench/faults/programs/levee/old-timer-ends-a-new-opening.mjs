// Opened at 0 ms for 200 ms, closed by hand, opened again at 150 ms: due to be open until 350 ms.
import { setTimeout as sleep } from 'node:timers/promises';
import Levee from 'levee';

const breaker = new Levee.Breaker({ execute: () => {} }, { resetTimeout: 200 });
breaker.open();
breaker.close();
await sleep(150);
breaker.open();
await sleep(100);
console.log(`100 ms after it opened for 200 ms the circuit is ${breaker.isHalfOpen() ? 'half-open' : 'open'}`);
