// A call fails after an await. Which function asked for it?
import { Disyuntor } from 'disyuntor';

async function work() {
  await null;
  throw new Error('down');
}
const breaker = new Disyuntor({ name: 'service' });
async function checkout() {
  await breaker.protect(work);
}
const { stack } = await checkout().catch((error) => error);
console.log(`the stack ${stack.includes('checkout') ? 'names' : 'does not name'} checkout`);
