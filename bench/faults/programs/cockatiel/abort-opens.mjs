// Five users leave the page before the service, which is well, has answered.
import { CircuitState, ConsecutiveBreaker, circuitBreaker, handleAll } from 'cockatiel';

const request = ({ signal }) =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
const breaker = circuitBreaker(handleAll, { halfOpenAfter: 10_000, breaker: new ConsecutiveBreaker(5) });
for (let i = 0; i < 5; i++) {
  const user = new AbortController();
  const call = breaker.execute(request, user.signal);
  user.abort();
  await call.catch(() => {});
}
console.log(`the service did nothing wrong, and the circuit is ${CircuitState[breaker.state]}`);
