// The third of three failures opens the circuit.
import { result, withCircuitBreaker } from '@daisugi/kintsugi';

const call = withCircuitBreaker(async () => result.fail({ code: 'disk full' }), { volumeThreshold: 2 });
const seen = [];
for (let i = 0; i < 3; i++) seen.push((await call()).error.code);
console.log(`three calls were made and each failed with "disk full"; their callers got "${seen.join('", "')}"`);
process.exit();
