// The soak of one registry in a separate process: arguments calls, keys, bound and seed; the last line it prints is JSON.
import { must } from '../../properties/must.ts';
import { soak } from './soak.ts';

const [calls = 0, keys = 0, max = 0, seed = 0] = process.argv.slice(2).map(Number);

let unhandled = 0;
process.on('unhandledRejection', (reason) => {
  unhandled++;
  console.error('unhandled', reason);
});
const handles = () => process.getActiveResourcesInfo().sort().join();
const before = handles();
const seen = await soak(calls, keys, max, seed);
must(unhandled === 0, () => `${unhandled} unhandled rejections`);
must(handles() === before, () => `handles: ${before} before, ${handles()} after`);
const { user, system } = process.cpuUsage();
console.log(JSON.stringify({ ...seen, cpu: (user + system) / 1e6 }));
