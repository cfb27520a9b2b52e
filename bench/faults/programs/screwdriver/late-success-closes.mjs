// A call begun before the outage succeeds while the circuit is open, long before its open time has elapsed.
import circuitBreaker from 'screwdriver-node-circuitbreaker';

const callbacks = [];
const breaker = new circuitBreaker((callback) => callbacks.push(callback), { maxFailures: 1, resetTimeout: 60_000 });
const late = breaker();
const fails = breaker().catch(() => {});
callbacks[1](new Error('down'));
await fails;
const before = breaker.isOpen() ? 'open' : 'closed';
callbacks[0](null, 'from before the outage');
await late;
console.log(`${before} for 60 s, and a moment later ${breaker.isClosed() ? 'closed' : 'open'}`);
process.exit();
