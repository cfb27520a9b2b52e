// Ten callers come when the open time is over.
import { setTimeout as sleep } from 'node:timers/promises';
import { result, withCircuitBreaker } from '@daisugi/kintsugi';

let made = 0;
const down = async () => result.fail({ code: 'down' });
const call = withCircuitBreaker((fn) => fn(), { volumeThreshold: 1, returnToServiceAfterMs: 20 });
for (let i = 0; i < 2; i++) await call(down);
const refused = (await call(down)).error.code;
await sleep(50);
for (let i = 0; i < 10; i++) call(() => new Promise(() => made++));
console.log(`"${refused}" while open, then ${made} of 10 calls were let through at once`);
process.exit();
