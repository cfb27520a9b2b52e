// A hundred breakers made and destroyed.
import Brakes from 'brakes';

const running = new Set();
const { setInterval, clearInterval } = globalThis;
globalThis.setInterval = (...all) => {
  const timer = setInterval(...all);
  running.add(timer);
  return timer;
};
globalThis.clearInterval = (timer) => running.delete(timer) && clearInterval(timer);
for (let i = 0; i < 100; i++) new Brakes(async () => 'fine', { name: `tenant ${i}` }).destroy();
console.log(`after 100 breakers were destroyed ${running.size} of their intervals run`);
