// Every call succeeds; a metrics listener has a bug.
import Brakes from 'brakes';

const breaker = new Brakes(async () => 'fine', { waitThreshold: 2 });
breaker.on('success', () => {
  throw new Error('metrics');
});
let seen;
for (let i = 0; i < 6; i++) seen = await breaker.exec().catch((error) => `the error "${error.message}"`);
console.log(`the service was fine; its caller got ${seen}, and the circuit is ${breaker.isOpen() ? 'open' : 'closed'}`);
