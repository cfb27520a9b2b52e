// Hits of the breaker's own cache, then a service that fails every call made to it.
import CircuitBreaker from 'opossum';

let made = 0;
const call = async (key) => (key === 'known' ? 'fine' : Promise.reject(new Error(`down ${made++}`)));
const breaker = new CircuitBreaker(call, { cache: true, volumeThreshold: 10 });
for (let i = 0; i < 200; i++) await breaker.fire('known');
for (let i = 0; i < 100; i++) await breaker.fire(`unknown ${i}`).catch(() => {});
console.log(`the last ${made} calls all failed, and the circuit is ${breaker.opened ? 'open' : 'closed'}`);
