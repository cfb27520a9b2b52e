// A call fails; the listener that should log the opening has a bug.
import { ConsecutiveBreaker, circuitBreaker, handleAll } from 'cockatiel';

const breaker = circuitBreaker(handleAll, { halfOpenAfter: 10_000, breaker: new ConsecutiveBreaker(1) });
breaker.onBreak(() => {
  throw new Error('metrics');
});
const seen = await breaker.execute(() => Promise.reject(new Error('disk full'))).catch((error) => error.message);
console.log(`the call failed with "disk full"; its caller got "${seen}"`);
