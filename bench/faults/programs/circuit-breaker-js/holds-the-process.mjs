// A breaker is made, and nothing else.
import CircuitBreaker from 'circuit-breaker-js';

new CircuitBreaker();
setTimeout(() => {
  console.log(`a second after its last line the process is alive, held by ${process.getActiveResourcesInfo()}`);
  process.exit();
}, 1_000).unref();
