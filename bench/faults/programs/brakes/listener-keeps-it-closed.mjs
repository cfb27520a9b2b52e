// The service is down. The listener that should log the opening has a bug.
import Brakes from 'brakes';

let made = 0;
const breaker = new Brakes(() => Promise.reject(new Error(`down ${made++}`)), { waitThreshold: 5 });
breaker.on('circuitOpen', () => {
  throw new Error('metrics');
});
for (let i = 0; i < 50; i++) await breaker.exec().catch(() => {});
console.log(`${made} of 50 calls were made and failed, and the circuit is ${breaker.isOpen() ? 'open' : 'closed'}`);
