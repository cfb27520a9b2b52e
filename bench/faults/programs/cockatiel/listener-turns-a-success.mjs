// A call succeeds; a metrics listener has a bug.
import { CircuitState, ConsecutiveBreaker, circuitBreaker, handleAll } from 'cockatiel';

const breaker = circuitBreaker(handleAll, { halfOpenAfter: 10_000, breaker: new ConsecutiveBreaker(1) });
breaker.onSuccess(() => {
  throw new Error('metrics');
});
const seen = await breaker.execute(async () => 'fine').catch((error) => `the error "${error.message}"`);
console.log(`the service was fine; its caller got ${seen}, and the circuit is ${CircuitState[breaker.state]}`);
