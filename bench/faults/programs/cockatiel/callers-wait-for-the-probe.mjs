// While the probe is under way nine more callers come, and their own deadlines pass.
import { setTimeout as sleep } from 'node:timers/promises';
import { ConsecutiveBreaker, circuitBreaker, handleAll } from 'cockatiel';

let settled = 0;
const breaker = circuitBreaker(handleAll, { halfOpenAfter: 20, breaker: new ConsecutiveBreaker(1) });
await breaker.execute(() => Promise.reject(new Error('down'))).catch(() => {});
await sleep(50);
breaker.execute(() => new Promise(() => {}));
const signal = AbortSignal.timeout(50);
for (let i = 0; i < 9; i++) breaker.execute(async () => 'fine', signal).finally(() => settled++);
await sleep(500);
console.log(`450 ms after their deadline ${settled} of 9 callers have an answer or a refusal`);
process.exit();
