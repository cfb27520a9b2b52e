// Five users leave the page before the service, which is well, has answered.
import CircuitBreaker from 'opossum';

const request = (signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
const breaker = new CircuitBreaker(request, { volumeThreshold: 5 });
for (let i = 0; i < 5; i++) {
  const user = new AbortController();
  const call = breaker.fire(user.signal);
  user.abort();
  await call.catch(() => {});
}
console.log(`the service did nothing wrong, and the circuit is ${breaker.opened ? 'open' : 'closed'}`);
