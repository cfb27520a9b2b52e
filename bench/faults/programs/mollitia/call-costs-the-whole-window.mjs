// Successful calls, timed, with a window of 10 and one of 5,000 that is full.
import { Circuit, SlidingCountBreaker } from 'mollitia';

async function microseconds(slidingWindowSize) {
  const modules = [new SlidingCountBreaker({ slidingWindowSize, minimumNumberOfCalls: 10 })];
  const circuit = new Circuit({ func: async () => 'fine', options: { modules } });
  for (let i = 0; i < 6_000; i++) await circuit.execute();
  const start = performance.now();
  for (let i = 0; i < 1_000; i++) await circuit.execute();
  return performance.now() - start;
}
const [small, large] = [await microseconds(10), await microseconds(5_000)];
console.log(`${small.toFixed(1)} us a call, then ${large.toFixed(0)} us: ${Math.round(large / small)} x as long`);
