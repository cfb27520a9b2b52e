/**
 * What a time limit costs a call, in nanoseconds: `pnpm --filter @switchgear/policies bench`. Ways take turns in rounds, so
 * that a busy machine affects all alike. Nothing fails on a time. With `PROOFS=write` the table goes into docs/proofs-policies.md.
 */
import { availableParallelism, loadavg } from 'node:os';
import { timeout as cockatielTimeout, TimeoutStrategy } from 'cockatiel';
import { begin } from '../src/call/begin.ts';
import { type CallContext, timeout } from '../src/index.ts';
import { table, writeSection } from '../verify/page.ts';

const ROUNDS = 40;
const CALLS = 20_000;
const NO_CONTEXT = {} as CallContext;
const limit = timeout(3_000);
const cockatiel = cockatielTimeout(3_000, TimeoutStrategy.Aggressive);
const caller = new AbortController();

async function work(): Promise<number> {
  return 1;
}

/** Every way gives the answer of `work`, and could give up after 3 s, but for the first two. */
const ways: Readonly<Record<string, () => Promise<number>>> = {
  'no limit': work,
  'a promise that could be rejected early': () => early(),
  'such a promise and a timer of its own': () => ownTimer(),
  'timeout(3 s)': () => limit.run(work),
  'timeout(3 s), and its signal read': () => limit.run(readsSignal),
  "cockatiel's timeout(3 s)": () => cockatiel.execute(work),
  'timeout(3 s), its signal read, and following a long-lived signal': () =>
    limit.run(readsSignal, { signal: caller.signal }),
};

function readsSignal({ signal }: CallContext): Promise<number> {
  return signal.aborted ? Promise.reject(signal.reason) : work();
}

/** What every time limit has to do, whatever triggers it: the call may throw, or return something that is not a promise. */
function early(): Promise<number> {
  return new Promise((resolve, reject) => {
    begin(work, NO_CONTEXT)
      .then(
        (value) => value,
        (error: unknown) => {
          throw error;
        },
      )
      .then(resolve, reject);
  });
}

function ownTimer(): Promise<number> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(reject, 3_000);
    begin(work, NO_CONTEXT)
      .then(
        (value) => {
          clearTimeout(timer);
          return value;
        },
        (error: unknown) => {
          clearTimeout(timer);
          throw error;
        },
      )
      .then(resolve, reject);
  });
}

async function round(way: () => Promise<number>): Promise<number> {
  const begun = process.hrtime.bigint();
  for (let i = 0; i < CALLS; i++) await way();
  return Number(process.hrtime.bigint() - begun) / CALLS;
}

const times = new Map(Object.keys(ways).map((name) => [name, [] as number[]]));
for (let i = 0; i < ROUNDS; i++) {
  for (const [name, way] of Object.entries(ways)) times.get(name)?.push(await round(way));
}

/** The quickest tenth of the rounds: what else runs on a machine only adds. */
const quick = (name: string): number => [...(times.get(name) ?? [])].sort((a, b) => a - b)[ROUNDS / 10] ?? Number.NaN;
const floor = quick('a promise that could be rejected early');
const rows = Object.keys(ways).map((name) => [name, Math.round(quick(name)), Math.round(quick(name) - floor)]);
const lines = [
  ...table(['a call with', 'ns', 'over a promise that could be rejected early'], rows),
  '',
  `Seen on Node ${process.version}, with a load of ${(loadavg()[0] ?? 0).toFixed(0)} on ${availableParallelism()} cores.`,
];
console.log(lines.join('\n'));
if (process.env['PROOFS'] === 'write') writeSection('timeout', lines);
