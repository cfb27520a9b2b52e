// The work is done, and a circuit happens to be open for a minute.
import { Circuit, SlidingCountBreaker } from 'mollitia';

const breaker = new SlidingCountBreaker({ slidingWindowSize: 1, minimumNumberOfCalls: 1, openStateDelay: 60_000 });
const circuit = new Circuit({ options: { modules: [breaker] } });
await circuit
  .fn(() => Promise.reject(new Error('down')))
  .execute()
  .catch(() => {});
setTimeout(() => {
  console.log(`a second after its last line the process is alive, held by ${process.getActiveResourcesInfo()}`);
  process.exit();
}, 1_000).unref();
