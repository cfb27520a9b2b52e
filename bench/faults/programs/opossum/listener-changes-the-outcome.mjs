// Every call succeeds; a metrics listener has a bug.
import CircuitBreaker from 'opossum';

const breaker = new CircuitBreaker(async () => 'fine');
breaker.on('success', () => {
  throw new Error('metrics');
});
const seen = await breaker.fire().catch((error) => `the error "${error.message}"`);
console.log(`the service was fine; its caller got ${seen}, and the circuit is ${breaker.opened ? 'open' : 'closed'}`);
