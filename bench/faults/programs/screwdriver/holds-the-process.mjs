// The work is done, and a circuit happens to be open for a minute.
import circuitBreaker from 'screwdriver-node-circuitbreaker';

const fails = (callback) => callback(new Error('down'));
await new circuitBreaker(fails, { maxFailures: 1, resetTimeout: 60_000 })().catch(() => {});
setTimeout(() => {
  console.log(`a second after its last line the process is alive, held by ${process.getActiveResourcesInfo()}`);
  process.exit();
}, 1_000).unref();
