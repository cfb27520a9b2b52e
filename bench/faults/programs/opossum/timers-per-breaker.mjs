// A hundred breakers, one for each tenant, none of them in use.
import CircuitBreaker from 'opossum';

let timers = 0;
const { setInterval } = globalThis;
globalThis.setInterval = (...all) => {
  timers++;
  return setInterval(...all);
};
for (let i = 0; i < 100; i++) new CircuitBreaker(async () => 'fine', { name: `tenant ${i}` });
console.log(`100 idle breakers run ${timers} intervals`);
