// Every call succeeds; a metrics listener has a bug.
import { Circuit, SlidingCountBreaker } from 'mollitia';

const breaker = new SlidingCountBreaker({ slidingWindowSize: 1, minimumNumberOfCalls: 1 });
breaker.on('execute', () => {
  throw new Error('metrics');
});
const circuit = new Circuit({ options: { modules: [breaker] } });
const seen = await circuit
  .fn(async () => 'fine')
  .execute()
  .catch((error) => `the error "${error.message}"`);
console.log(`the service was fine; its caller got ${seen}, and the circuit is ${breaker.state}`);
