// A call fails after an await. Which function asked for it?
import { CircuitBreakerFactory } from '@bennadel/circuit-breaker';

async function work() {
  await null;
  throw new Error('down');
}
const breaker = CircuitBreakerFactory.create();
async function checkout() {
  await breaker.execute(work);
}
const { stack } = await checkout().catch((error) => error);
console.log(`the stack ${stack.includes('checkout') ? 'names' : 'does not name'} checkout`);
