// Two probes are allowed. While both are under way, a call begun before the outage succeeds.
import { setTimeout as sleep } from 'node:timers/promises';
import { Circuit, SlidingCountBreaker } from 'mollitia';

const answers = [];
const slow = () => new Promise((resolve) => answers.push(resolve));
const breaker = new SlidingCountBreaker({ slidingWindowSize: 1, minimumNumberOfCalls: 1, openStateDelay: 20 });
const circuit = new Circuit({ options: { modules: [breaker] } });
const call = (fn) => circuit.fn(fn).execute();
const calls = [call(slow)];
await call(() => Promise.reject(new Error('down'))).catch(() => {});
await sleep(50);
calls.push(call(slow), call(slow));
await sleep(0);
for (const answer of answers) answer('fine');
await Promise.all(calls);
const refused = await call(async () => 'fine').catch((error) => error.message);
console.log(`both probes were fine; the circuit is ${breaker.state} and says "${refused}"`);
