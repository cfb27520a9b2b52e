// A thousand circuits made, used, disposed of and dropped.
import { Circuit, circuits, modules, SlidingCountBreaker } from 'mollitia';

for (let i = 0; i < 1_000; i++) {
  const circuit = new Circuit({ options: { modules: [new SlidingCountBreaker()] } });
  await circuit.fn(async () => 'fine').execute();
  circuit.dispose();
}
console.log(`the library still holds ${circuits.length} circuits and ${modules.length} modules`);
