// While a probe is under way, a call begun before the outage fails. The probe then succeeds.
import { setTimeout as sleep } from 'node:timers/promises';
import { CircuitState, ConsecutiveBreaker, circuitBreaker, handleAll } from 'cockatiel';

let fail;
let answer;
const breaker = circuitBreaker(handleAll, { halfOpenAfter: 20, breaker: new ConsecutiveBreaker(1) });
const late = breaker.execute(() => new Promise((_, reject) => (fail = reject)));
await breaker.execute(() => Promise.reject(new Error('down'))).catch(() => {});
await sleep(50);
const probe = breaker.execute(() => new Promise((resolve) => (answer = resolve)));
fail(new Error('from before the outage'));
await late.catch(() => {});
answer('fine');
console.log(`the probe said "${await probe}", and the circuit is ${CircuitState[breaker.state]}`);
