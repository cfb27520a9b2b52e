// Two calls at once, as the README wires an AbortController. One runs out of time, the other has just begun.
import { setTimeout as sleep } from 'node:timers/promises';
import CircuitBreaker from 'opossum';

const request = (signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
const abortController = new AbortController();
const breaker = new CircuitBreaker(request, { abortController, timeout: 100, volumeThreshold: 10 });
const first = breaker.fire(abortController.signal).catch((error) => error.message);
await sleep(80);
const started = performance.now();
const second = await breaker.fire(abortController.signal).catch((error) => error.name);
const after = performance.now() - started;
console.log(
  `"${await first}"; the second call, ${after < 60 ? 'well within' : 'after'} its time, ended with ${second}`,
);
