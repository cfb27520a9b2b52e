/**
 * What a time limit costs a call, in nanoseconds: `pnpm --filter @switchgear/policies bench`. Ways take turns in rounds, so
 * that a busy machine troubles all alike; each figure is the median of its rounds. Nothing fails on a time.
 */
import { type CallContext, timeout } from '../src/index.ts';

const ROUNDS = 31;
const CALLS = 40_000;
const limit = timeout(3_000);
const caller = new AbortController();

async function work(): Promise<number> {
  return 1;
}

/** Every way gives the answer of `work`, and could give up after 3 s, but for the first two. */
const ways: Readonly<Record<string, () => Promise<number>>> = {
  'no limit': work,
  'a promise that could be rejected early': () => early(),
  'the same, with a timer of its own': () => ownTimer(),
  'timeout(3 s)': () => limit.run(work),
  'the same, and its signal read': () => limit.run(readsSignal),
  'the same, following a long-lived signal': () => limit.run(readsSignal, { signal: caller.signal }),
};

function readsSignal({ signal }: CallContext): Promise<number> {
  return signal.aborted ? Promise.reject(signal.reason) : work();
}

function early(): Promise<number> {
  return new Promise((resolve, reject) => {
    work()
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
    work()
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

const median = (name: string): number => times.get(name)?.toSorted((a, b) => a - b)[ROUNDS >> 1] ?? Number.NaN;
const floor = median('a promise that could be rejected early');
console.table(
  Object.fromEntries(
    Object.keys(ways).map((name) => [
      name,
      { 'ns a call': Math.round(median(name)), 'over the early promise': Math.round(median(name) - floor) },
    ]),
  ),
);
