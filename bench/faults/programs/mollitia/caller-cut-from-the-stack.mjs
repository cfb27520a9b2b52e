// A call fails after an await. Which function asked for it?
import { Circuit, SlidingCountBreaker } from 'mollitia';

async function work() {
  await null;
  throw new Error('down');
}
const circuit = new Circuit({ options: { modules: [new SlidingCountBreaker()] } });
async function checkout() {
  await circuit.fn(work).execute();
}
const { stack } = await checkout().catch((error) => error);
console.log(`the stack ${stack.includes('checkout') ? 'names' : 'does not name'} checkout`);
