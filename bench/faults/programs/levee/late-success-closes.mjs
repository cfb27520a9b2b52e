// A call begun before the outage succeeds while the circuit is open, long before its open time has elapsed.
import Levee from 'levee';

const callbacks = [];
const breaker = Levee.createBreaker((callback) => callbacks.push(callback), { maxFailures: 1, resetTimeout: 60_000 });
breaker.run(() => {});
breaker.run(() => {});
callbacks[1](new Error('down'));
await new Promise(setImmediate);
const before = breaker.isOpen() ? 'open' : 'closed';
callbacks[0](null, 'from before the outage');
console.log(`${before} for 60 s, and a moment later ${breaker.isClosed() ? 'closed' : 'open'}`);
