// A call fails after an await. Which function asked for it?
import Brakes from 'brakes';

async function work() {
  await null;
  throw new Error('down');
}
const breaker = new Brakes(work);
async function checkout() {
  await breaker.exec();
}
const { stack } = await checkout().catch((error) => error);
console.log(`the stack ${stack.includes('checkout') ? 'names' : 'does not name'} checkout`);
