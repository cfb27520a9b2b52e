// Ten million calls over a hundred thousand keys, and five million over a few, with everything that goes wrong in life,
// and the books kept.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { must } from '../properties/must.ts';
import { grouped, report, table } from './section.ts';
import type { Soaked } from './soak/soak.ts';

const CALLS = Number(process.env['SOAK_CALLS'] ?? 10_000_000);
const KEYS = 100_000;
const SEED = Number(process.env['PROOF_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

/**
 * `most` is the heap after the last calls, against what it was when a fifth was done. A hundred thousand keys are called
 * fifty times each: that keeps the books of many, and all the while some breaker goes through something for the first
 * time and takes a little memory for it. Whether calls leave anything behind shows when each key is called a thousand times.
 */
const registries = [
  { what: 'bound below the keys', keys: KEYS, max: 60_000, most: 1.05 },
  { what: 'bound above the keys', keys: KEYS, max: 200_000, most: 1.05 },
  { what: 'few keys, called often', keys: 4_000, max: 8_000, most: 1.03 },
];
const one = fileURLToPath(new URL('soak/one.ts', import.meta.url));
const run = promisify(execFile);

console.log(`${grouped(CALLS / 2)} calls over each registry; to see the same again: PROOF_SEED=${SEED}`);
// A process for each, so that the heap of one is not measured with another's.
const rows = await Promise.all(
  registries.map(async ({ what, keys, max, most }) => {
    const args = ['--expose-gc', one, ...[CALLS / 2, keys, max, SEED].map(String)];
    const { stdout } = await run(process.execPath, args);
    const seen = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Soaked & { readonly cpu: number };
    const { calls, refused, moves, lost, hanging, thrown, breakers, heap, seconds, cpu } = seen;
    const growth = (heap.at(-1) as number) / (heap[0] as number);
    must(growth <= most, () => `${what}: the heap grew by a factor of ${growth.toFixed(3)}: ${heap}`);
    const megabytes = heap.map((bytes) => (bytes / 2 ** 20).toFixed(1)).join(' ');
    const counts = [calls, refused, moves, lost, hanging, thrown, breakers].map(grouped);
    return [what, ...counts, megabytes, `${seconds.toFixed(0)} (${cpu.toFixed(0)})`];
  }),
);
const head = ['registry', 'calls', 'refused', 'moves', 'lost', 'hanging', 'thrown', 'breakers', 'heap, MiB', 's (CPU)'];
report('soak', `${table(head, rows)}\n\nSeed ${SEED}. Handles as at the beginning, no unhandled rejection.`);
