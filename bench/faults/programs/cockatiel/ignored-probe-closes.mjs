// The probe ends with an error that the policy does not handle: the caller has gone.
import { setTimeout as sleep } from 'node:timers/promises';
import { CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel';

const gone = new DOMException('the user left', 'AbortError');
const ours = handleWhen((error) => error.name !== 'AbortError');
const breaker = circuitBreaker(ours, { halfOpenAfter: 20, breaker: new ConsecutiveBreaker(1) });
await breaker.execute(() => Promise.reject(new Error('down'))).catch(() => {});
const before = CircuitState[breaker.state];
await sleep(50);
await breaker.execute(() => Promise.reject(gone)).catch(() => {});
console.log(`${before}, the service never answered, and then the circuit is ${CircuitState[breaker.state]}`);
