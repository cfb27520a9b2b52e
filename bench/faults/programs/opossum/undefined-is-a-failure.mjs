// A function that is not async returns nothing, as one that writes to a cache may.
import CircuitBreaker from 'opossum';

const breaker = new CircuitBreaker(() => undefined);
const seen = await breaker.fire().catch((error) => error.message);
console.log(`the call returned; its caller got "${seen}", and the circuit is ${breaker.opened ? 'open' : 'closed'}`);
