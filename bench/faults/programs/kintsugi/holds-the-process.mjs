// A function is wrapped, and nothing else.
import { withCircuitBreaker } from '@daisugi/kintsugi';

withCircuitBreaker(async () => {});
setTimeout(() => {
  console.log(`a second after its last line the process is alive, held by ${process.getActiveResourcesInfo()}`);
  process.exit();
}, 1_000).unref();
