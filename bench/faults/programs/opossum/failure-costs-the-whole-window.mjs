// One failing call, timed: after 100 calls in the window, and after 200,000.
import CircuitBreaker from 'opossum';

const breaker = new CircuitBreaker((fails) => (fails ? Promise.reject(new Error('down')) : Promise.resolve()), {
  rollingCountTimeout: 600_000,
});
async function failure() {
  const start = performance.now();
  await breaker.fire(true).catch(() => {});
  return performance.now() - start;
}
for (let i = 0; i < 100; i++) await breaker.fire(false);
const times = [await failure(), await failure(), await failure()];
for (let i = 0; i < 200_000; i++) await breaker.fire(false);
const full = Math.min(await failure(), await failure(), await failure());
console.log(
  `${Math.min(...times).toFixed(2)} ms, then ${full.toFixed(1)} ms: ${Math.round(full / Math.min(...times))} x as long`,
);
