// The machine's clock is set back by an hour while the circuit is open for 20 ms.
import { setTimeout as sleep } from 'node:timers/promises';
import { result, withCircuitBreaker } from '@daisugi/kintsugi';

const real = Date.now;
const call = withCircuitBreaker((answer) => answer, { volumeThreshold: 1, returnToServiceAfterMs: 20 });
for (let i = 0; i < 2; i++) await call(result.fail({ code: 'down' }));
Date.now = () => real() - 3_600_000;
await sleep(500);
const seen = await call(result.ok('fine'));
console.log(`25 times its open time later the caller gets "${seen.isSuccess ? 'fine' : seen.error.code}"`);
process.exit();
