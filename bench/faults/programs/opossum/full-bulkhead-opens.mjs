// One place, taken by a call that takes its time; three more callers are turned away by the breaker itself.
import CircuitBreaker from 'opossum';

const made = [];
const call = () => new Promise((resolve) => made.push(resolve));
const breaker = new CircuitBreaker(call, { capacity: 1, volumeThreshold: 3 });
const calls = [1, 2, 3, 4].map(() => breaker.fire().catch((error) => error.code));
const seen = await Promise.all(calls.slice(1));
made[0]('fine');
console.log(
  `${made.length} call was made and none failed (${seen}), and the circuit is ${breaker.opened ? 'open' : 'closed'}`,
);
