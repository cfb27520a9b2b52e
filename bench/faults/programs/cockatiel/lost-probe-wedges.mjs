// The probe never settles. Later the service is fine again.
import { setTimeout as sleep } from 'node:timers/promises';
import { ConsecutiveBreaker, circuitBreaker, handleAll } from 'cockatiel';

const breaker = circuitBreaker(handleAll, { halfOpenAfter: 20, breaker: new ConsecutiveBreaker(1) });
await breaker.execute(() => Promise.reject(new Error('down'))).catch(() => {});
await sleep(50);
breaker.execute(() => new Promise(() => {}));
const call = breaker.execute(async () => 'fine');
const seen = await Promise.race([call, sleep(50 * 20, 'nothing, neither a value nor a refusal')]);
console.log(`50 times its open time later the service is fine, and the caller gets ${seen}`);
process.exit();
