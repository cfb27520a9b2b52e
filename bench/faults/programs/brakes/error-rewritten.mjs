// A call fails with an error that its caller compares by message.
import Brakes from 'brakes';

const error = new Error('disk full');
const breaker = new Brakes(() => Promise.reject(error), { name: 'orders' });
await breaker.exec().catch(() => {});
console.log(`the error said "disk full"; it is the same object and now says "${error.message}"`);
