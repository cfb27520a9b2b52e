// Open for thirty days.
import { setTimeout as sleep } from 'node:timers/promises';
import { Circuit, SlidingCountBreaker } from 'mollitia';

const month = 30 * 24 * 60 * 60 * 1_000;
const breaker = new SlidingCountBreaker({ slidingWindowSize: 1, minimumNumberOfCalls: 1, openStateDelay: month });
const circuit = new Circuit({ options: { modules: [breaker] } });
await circuit
  .fn(() => Promise.reject(new Error('down')))
  .execute()
  .catch(() => {});
await sleep(50);
console.log(`50 ms later the circuit is ${breaker.state}`);
