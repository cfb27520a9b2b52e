// The window has emptied by the time the circuit goes half-open. The probe fails.
import { setTimeout as sleep } from 'node:timers/promises';
import { result, withCircuitBreaker } from '@daisugi/kintsugi';

let made = 0;
const down = async () => result.fail({ code: `down ${made++}` });
const call = withCircuitBreaker(down, { windowDurationMs: 100, volumeThreshold: 2, returnToServiceAfterMs: 300 });
for (let i = 0; i < 4; i++) await call();
const refused = made;
await sleep(500);
for (let i = 0; i < 3; i++) await call();
console.log(
  `${refused} calls of 4 were made before it opened; after the failed probe ${made - refused - 1} of 2 more were let through`,
);
process.exit();
