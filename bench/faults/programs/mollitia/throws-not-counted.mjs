// The protected function throws, each time, before it makes a promise.
import { Circuit, SlidingCountBreaker } from 'mollitia';

const breaker = new SlidingCountBreaker({ slidingWindowSize: 10, minimumNumberOfCalls: 10 });
const circuit = new Circuit({ options: { modules: [breaker] } });
const noSuchFunction = undefined;
const call = () => circuit.fn(() => noSuchFunction()).execute();
for (let i = 0; i < 100; i++) await call().catch(() => {});
console.log(`after 100 failures of 100 calls the circuit is ${breaker.state}`);
