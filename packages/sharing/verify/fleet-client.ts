import { startClient } from '../test/programs/client.ts';
import { stores } from './stores.ts';

// `node fleet-client.ts DRIVER PORT URL CLIENT`: one process that calls once a second. What it says goes to the standard output.

const [driver, port, url = '', client] = process.argv.slice(2);
const way = stores.flatMap(({ buses }) => buses).find(({ name }) => name === driver);
if (!way) throw new Error(`There is no driver ${driver}`);
const bus = await way.make(Number(port), []);
startClient(Number(client), url, bus, (said) => console.log(JSON.stringify(said)));
// Ends with the process that started it.
process.stdin.on('end', () => process.exit()).resume();
