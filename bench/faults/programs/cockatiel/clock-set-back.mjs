// The machine's clock is set back by an hour while the circuit is open for 20 ms.
import { setTimeout as sleep } from 'node:timers/promises';
import { ConsecutiveBreaker, circuitBreaker, handleAll } from 'cockatiel';

const real = Date.now;
const breaker = circuitBreaker(handleAll, { halfOpenAfter: 20, breaker: new ConsecutiveBreaker(1) });
await breaker.execute(() => Promise.reject(new Error('down'))).catch(() => {});
Date.now = () => real() - 3_600_000;
await sleep(500);
const seen = await breaker.execute(async () => 'fine').catch((error) => error.message);
console.log(`25 times its open time later the caller gets "${seen}"`);
