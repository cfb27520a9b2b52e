// With its defaults, the first call of the process fails.
import CircuitBreaker from 'opossum';

const breaker = new CircuitBreaker(() => Promise.reject(new Error('connection reset')));
await breaker.fire().catch(() => {});
console.log(`after 1 call the circuit is ${breaker.opened ? 'open' : 'closed'}`);
