// Ten million calls over a hundred thousand keys, with everything that goes wrong in life, and the books kept.
import { must } from '../properties/must.ts';
import { grouped, report, table } from './section.ts';
import { soak } from './soak/soak.ts';

const CALLS = Number(process.env['SOAK_CALLS'] ?? 10_000_000);
const KEYS = 100_000;
const SEED = Number(process.env['PROOF_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

/** The heap after the last calls, against the least it was since the windows were full. */
const MOST_GROWTH = 1.05;

console.log(`soak: ${grouped(CALLS)} calls, PROOF_SEED=${SEED}`);
let unhandled = 0;
process.on('unhandledRejection', (reason) => {
  unhandled++;
  console.error('unhandled', reason);
});
const handles = () => process.getActiveResourcesInfo().sort().join();
const handlesBefore = handles();

const rows: (string | number)[][] = [];
for (const [what, max] of [
  ['bound below the keys', 60_000],
  ['bound above the keys', 200_000],
] as const) {
  const seen = await soak(CALLS / 2, KEYS, max, SEED);
  const megabytes = seen.heap.map((bytes) => (bytes / 2 ** 20).toFixed(1));
  console.log(`${what}: ${seen.seconds.toFixed(0)} s, heap ${megabytes.join(' ')} MiB`);
  const { calls, refused, moves, lost, hanging, thrown, breakers, seconds } = seen;
  const counts = [calls, refused, moves, lost, hanging, thrown, breakers];
  rows.push([what, ...counts.map(grouped), megabytes.join(' '), seconds.toFixed(0)]);
  const growth = (seen.heap.at(-1) as number) / (seen.heap[0] as number);
  must(growth <= MOST_GROWTH, () => `the heap grew by a factor of ${growth.toFixed(3)}`);
}
must(unhandled === 0, () => `${unhandled} rejections that nobody handled`);
must(handles() === handlesBefore, () => `handles: ${handlesBefore} before, ${handles()} after`);

const head = ['registry', 'calls', 'refused', 'moves', 'lost', 'hanging', 'thrown', 'breakers', 'heap, MiB', 'seconds'];
report(
  'soak',
  `${table(head, rows)}\n\nSeed ${SEED}. Handles at the end as at the beginning (${handlesBefore || 'none'}), no unhandled rejection.`,
);
