// Every call succeeds; the telemetry sink is out of order.
import { circuitBreaker } from '@git-stunts/alfred';

const telemetry = {
  emit: ({ type }) => {
    if (type === 'circuit.success') throw new Error('metrics');
  },
};
const breaker = circuitBreaker({ threshold: 1, duration: 10_000, telemetry });
const seen = await breaker.execute(async () => 'fine').catch((error) => `the error "${error.message}"`);
console.log(`the service was fine; its caller got ${seen}, and the circuit is ${breaker.state}`);
