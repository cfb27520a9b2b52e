// The probe succeeds; the listener that should log the closing has a bug.
import { setTimeout as sleep } from 'node:timers/promises';
import { Disyuntor } from 'disyuntor';

const onClose = () => {
  throw new Error('metrics');
};
const breaker = new Disyuntor({ name: 'service', maxFailures: 1, cooldown: '20ms', onClose });
await breaker.protect(() => Promise.reject(new Error('down'))).catch(() => {});
await sleep(50);
const seen = await breaker.protect(async () => 'fine').catch((error) => `the error "${error.message}"`);
console.log(`the service was fine; its caller got ${seen}, and the circuit is ${breaker.state}`);
process.exit();
