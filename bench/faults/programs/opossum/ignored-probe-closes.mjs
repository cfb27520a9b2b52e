// The probe ends with an error that the filter says is none of the service's: the caller has gone.
import { setTimeout as sleep } from 'node:timers/promises';
import CircuitBreaker from 'opossum';

const gone = new DOMException('the user left', 'AbortError');
const errorFilter = (error) => error.name === 'AbortError';
const breaker = new CircuitBreaker((error) => Promise.reject(error), { resetTimeout: 20, errorFilter });
await breaker.fire(new Error('down')).catch(() => {});
await sleep(50);
const before = breaker.halfOpen ? 'half-open' : 'not half-open';
await breaker.fire(gone).catch(() => {});
console.log(
  `${before}, the service never answered, and then the circuit is ${breaker.closed ? 'closed' : 'not closed'}`,
);
