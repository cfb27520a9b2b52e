/**
 * What takes too long for every test run: a million mixed calls that leave nothing behind, and the figures of the cascade. Fails if
 * anything is left; with `PROOFS=write` it also writes what it found into docs/proofs-policies.md. `CALLS` and `SEED` change the soak.
 */
import assert from 'node:assert/strict';
import {
  askA,
  bareCascade,
  type Cascade,
  type ProtectedCascade,
  protectedCascade,
  type Seen,
} from '../test/cascade/run-cascade.ts';
import { table, writeSection } from './page.ts';
import { type Idle, soak } from './soak.ts';

const { CALLS = '1000000', PROOFS, SEED = '20261121' } = process.env;
const megabytes = (bytes: number): string => (bytes / 1_048_576).toFixed(1);
const where = `Seen on Node ${process.version}.`;

const cascades = [
  ['without', await seenIn(bareCascade())],
  ['with', await seenIn(protectedCascade(1_000))],
] as const;
const rowsOfCascade = cascades.map(([how, seen]) => [
  how,
  seen.answered,
  seen.degraded,
  seen.median,
  seen.slowest,
  seen.reachedC,
]);
const cascadeLines = [
  ...table(
    ['policies', 'answered of 200', 'with less', 'median wait, ms', 'slowest, ms', 'calls that reached C'],
    rowsOfCascade,
  ),
  '',
  where,
];
console.log(cascadeLines.join('\n'));
const [[, without], [, withPolicies]] = cascades;
assert.equal(without.answered, 0);
assert.equal(withPolicies.answered, 200);

const soaked = await soak(Number(CALLS), Number(SEED));
const idleRow = (what: string, { heap, timers, handles }: Idle) => [what, megabytes(heap), timers, handles];
const soakLines = [
  `${soaked.calls} calls with seed ${soaked.seed}, in ${Math.round(soaked.seconds)} s: ${soaked.reached} reached the dependency, ` +
    `${soaked.aborted} callers could give up, circuits opened ${soaked.opened} times, ${soaked.timersMade} timers were made.`,
  '',
  ...table(['', 'heap, MB', 'timers', 'handles'], [idleRow('before', soaked.before), idleRow('after', soaked.after)]),
  '',
  ...table(['left over', ''], Object.entries(soaked.left)),
  '',
  ...table(
    ['how calls ended', ''],
    Object.entries(soaked.endings).sort(([, a], [, b]) => b - a),
  ),
  '',
  where,
];
console.log(soakLines.join('\n'));
assert.deepEqual(
  Object.entries(soaked.left).filter(([, count]) => count !== 0),
  [],
  'nothing is held',
);
assert.equal(soaked.ended, soaked.reached, 'all work has ended');
assert.deepEqual(
  [soaked.after.timers, soaked.after.handles],
  [0, soaked.before.handles],
  'no timer and no handle is left',
);
// Ten bytes a call would be ten megabytes.
assert.ok(soaked.after.heap - soaked.before.heap < 3 * 1_048_576, 'the heap has not grown');

if (PROOFS === 'write') {
  writeSection('cascade', cascadeLines);
  writeSection('soak', soakLines);
}

/** Two hundred customers of A, each with 3 s, while C hangs. */
async function seenIn(starting: Promise<Cascade>): Promise<Seen> {
  const cascade = await starting;
  try {
    cascade.c.always({ does: 'hang' });
    const seen = await askA(cascade, 200, 3_000, 20);
    if (isProtected(cascade)) {
      assert.deepEqual([cascade.b.breaker.state, cascade.a.breaker.state], ['open', 'closed'], 'one circuit opens');
    }
    return seen;
  } finally {
    await cascade.close();
  }
}

function isProtected(cascade: Cascade): cascade is ProtectedCascade {
  return 'breaker' in cascade.a;
}
