// The probes end with an error that the filter says is none of the service's: the callers have gone.
import { setTimeout as sleep } from 'node:timers/promises';
import { Circuit, SlidingCountBreaker } from 'mollitia';

const sizes = { slidingWindowSize: 1, minimumNumberOfCalls: 1, openStateDelay: 20 };
const breaker = new SlidingCountBreaker({ ...sizes, onError: (error) => error.name !== 'AbortError' });
const circuit = new Circuit({ options: { modules: [breaker] } });
const call = (fn) => circuit.fn(fn).execute();
const gone = () => Promise.reject(new DOMException('the user left', 'AbortError'));
await call(() => Promise.reject(new Error('down'))).catch(() => {});
await sleep(50);
const before = breaker.state;
for (let i = 0; i < 2; i++) await call(gone).catch(() => {});
console.log(`${before}, the service never answered, and then the circuit is ${breaker.state}`);
