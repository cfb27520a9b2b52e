// A function that is not async returns a value.
import Brakes from 'brakes';

const breaker = new Brakes(() => 42, { waitThreshold: 0, modifyError: false });
const seen = await breaker.exec().catch((error) => error.message);
console.log(
  `the call returned 42; its caller got "${seen}", and the circuit is ${breaker.isOpen() ? 'open' : 'closed'}`,
);
