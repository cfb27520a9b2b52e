// A call fails after an await. Which function asked for it?
import CircuitBreaker from 'opossum';

async function work() {
  await null;
  throw new Error('down');
}
const breaker = new CircuitBreaker(work);
async function checkout() {
  await breaker.fire();
}
const { stack } = await checkout().catch((error) => error);
console.log(`the stack ${stack.includes('checkout') ? 'names' : 'does not name'} checkout`);
