// A command begun before the outage succeeds while the circuit is open, long before its sleep window has elapsed.
import { commandFactory } from 'hystrixjs';

let answer;
const service = commandFactory
  .getOrCreate('service')
  .circuitBreakerRequestVolumeThreshold(1)
  .circuitBreakerSleepWindowInMilliseconds(60_000)
  .run((slow) => (slow ? new Promise((resolve) => (answer = resolve)) : Promise.reject(new Error('down'))))
  .build();
const late = service.execute(true);
for (let i = 0; i < 2; i++) await service.execute(false).catch(() => {});
const before = await service.execute(false).catch((error) => error.message);
answer('from before the outage');
await late;
const after = await service.execute(false).catch((error) => error.message);
console.log(`"${before}" for a minute; a moment later the next call gets through and says "${after}"`);
process.exit();
