// The probes never settle. Later the service is fine again.
import { setTimeout as sleep } from 'node:timers/promises';
import { Circuit, SlidingCountBreaker } from 'mollitia';

const breaker = new SlidingCountBreaker({ slidingWindowSize: 1, minimumNumberOfCalls: 1, openStateDelay: 20 });
const circuit = new Circuit({ options: { modules: [breaker] } });
const call = (fn) => circuit.fn(fn).execute();
await call(() => Promise.reject(new Error('down'))).catch(() => {});
await sleep(50);
for (let i = 0; i < 2; i++) call(() => new Promise(() => {}));
await sleep(50 * 20);
const refused = await call(async () => 'fine').catch((error) => error.message);
console.log(`50 times its open time later the service is fine, and the caller gets "${refused}"`);
