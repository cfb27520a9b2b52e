// Nine failures in a window of 10 s, a day without a call, then one more failure. At least ten calls are asked for.
import { CircuitState, circuitBreaker, handleAll, SamplingBreaker } from 'cockatiel';

let now = Date.now();
Date.now = () => now;
const sampling = new SamplingBreaker({ threshold: 0.5, duration: 10_000, minimumRps: 1 });
const breaker = circuitBreaker(handleAll, { halfOpenAfter: 10_000, breaker: sampling });
const down = () => breaker.execute(() => Promise.reject(new Error('down'))).catch(() => {});
for (let i = 0; i < 9; i++) await down();
now += 24 * 60 * 60 * 1_000;
await down();
console.log(`one failure in the last 24 hours, a window of 10 s, and the circuit is ${CircuitState[breaker.state]}`);
