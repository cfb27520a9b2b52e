// A call fails after an await. Which function asked for it?
import { commandFactory } from 'hystrixjs';

async function work() {
  await null;
  throw new Error('down');
}
const breaker = commandFactory.getOrCreate('service').run(work).build();
async function checkout() {
  await breaker.execute();
}
const { stack } = await checkout().catch((error) => error);
console.log(`the stack ${stack.includes('checkout') ? 'names' : 'does not name'} checkout`);
