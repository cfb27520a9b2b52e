/**
 * `pnpm --filter @switchgear/real verify`: five real HTTP servers behind fetch and axios with a balancer, beside fetch in turn and
 * undici's BalancedPool. Prints the share of requests that are answered within the limit from the second second on.
 */
import { loadavg } from 'node:os';
import { textTable } from '@switchgear/bench/text-table';
import { clients } from './clients.ts';
import { type EndpointFigures, endpointScenes, playEndpoints } from './scenes.ts';

/** The goal for servers of which some are in trouble. */
const GOAL = 0.995;

const rows: (readonly string[])[] = [];
let missed = 0;
for (const scene of endpointScenes) {
  const played: EndpointFigures[] = [];
  for (const client of clients) played.push(await playEndpoints(scene, client));
  const isCommon = scene.troubles.length === 5;
  for (const { requests, answered, ejected } of played.slice(0, 2)) {
    if (isCommon ? ejected > 0 : answered / requests < GOAL) missed++;
  }
  const cells = played.map(({ requests, answered, ejected }, index) =>
    [`${((100 * answered) / requests).toFixed(2)} %`, ...(index < 2 ? [`${ejected} ejected`] : [])].join(', '),
  );
  rows.push([scene.name, ...cells]);
  console.log([scene.name, ...cells].join(' | '));
}
console.log(`\n${textTable({ columns: ['', ...clients.map(({ name }) => name)], rows })}\n`);
const load = loadavg()[0] as number;
console.log(`load ${load.toFixed(1)}; ${missed === 0 ? 'every goal is met' : `${missed} goals are missed`}`);
process.exitCode = missed === 0 ? 0 : 1;
