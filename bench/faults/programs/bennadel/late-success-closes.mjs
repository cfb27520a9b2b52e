// A call begun before the outage succeeds while the circuit is open.
import { CircuitBreakerFactory } from '@bennadel/circuit-breaker';

let answer;
const breaker = CircuitBreakerFactory.create({ volumeThreshold: 1 });
const late = breaker.execute(() => new Promise((resolve) => (answer = resolve)));
await breaker.execute(() => Promise.reject(new Error('down'))).catch(() => {});
const before = breaker.isOpened() ? 'open' : 'closed';
answer('from before the outage');
await late;
console.log(`${before} after the failure, and a moment later ${breaker.isOpened() ? 'open' : 'closed'}`);
