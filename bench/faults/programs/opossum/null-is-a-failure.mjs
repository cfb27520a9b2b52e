// A function that is not async returns null, as a look-up that finds nothing may.
import CircuitBreaker from 'opossum';

const breaker = new CircuitBreaker(() => null);
const seen = await breaker.fire().catch((error) => error.message);
console.log(`the call returned; its caller got "${seen}", and the circuit is ${breaker.opened ? 'open' : 'closed'}`);
