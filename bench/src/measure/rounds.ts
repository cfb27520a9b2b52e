import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Loop } from './loops.ts';
import type { Pace } from './pace.ts';
import { type Spread, spreadOf } from './spread.ts';

/** Something to measure. */
export interface Runner {
  readonly name: string;
  readonly loop: Loop;

  /** The number of calls in a batch, instead of the number that fits into its time. */
  readonly calls?: number;
}

/** Nanoseconds a call, of each runner in each round. */
export type Rounds = ReadonlyMap<string, readonly number[]>;

/** The most calls in a batch. More do not reduce the noise. */
const MOST_CALLS = 2_000;

/**
 * Measures all runners in each round, in a new random order, so that other load of the machine affects all of them. The
 * event loop turns before each batch, as it does in a server, so that timers run.
 */
export async function measureRounds(runners: readonly Runner[], pace: Pace): Promise<Rounds> {
  const sizes = new Map(
    await mapInTurn(runners, async (each) => [each.name, each.calls ?? (await sizeOf(each, pace))]),
  );
  const measured = new Map(runners.map(({ name }) => [name, [] as number[]]));
  for (let round = -pace.warmUp; round < pace.rounds; round++) {
    for (const { name, loop } of shuffled(runners)) {
      const calls = sizes.get(name) as number;
      const each = await timeOf(loop, calls);
      if (round >= 0) measured.get(name)?.push(each);
    }
  }
  return measured;
}

/** Calls of a warm-up batch. */
const FEW = 10;

/**
 * The number of calls that fit into a batch, at the speed of a warmed-up runner. On a busy machine the time may elapse before
 * the runner has run, so a minimum of runs is required too; the slowest runners stop after ten times the time.
 */
async function sizeOf({ loop }: Runner, { batch, warmUp }: Pace): Promise<number> {
  const [start, enough] = [performance.now(), warmUp * batch];
  let fastest = Number.POSITIVE_INFINITY;
  for (let runs = 0, spent = 0; (spent < enough || runs < 3 * warmUp) && spent < 10 * enough; runs++) {
    fastest = Math.min(fastest, await timeOf(loop, FEW));
    spent = performance.now() - start;
  }
  return Math.max(1, Math.min(Math.round((batch * 1e6) / fastest), MOST_CALLS));
}

async function timeOf(loop: Loop, calls: number): Promise<number> {
  await nextTurn();
  const start = performance.now();
  await loop(calls);
  return ((performance.now() - start) * 1e6) / calls;
}

async function mapInTurn<T, R>(list: readonly T[], act: (each: T) => Promise<R>): Promise<R[]> {
  const made: R[] = [];
  for (const each of list) made.push(await act(each));
  return made;
}

function shuffled<T>(list: readonly T[]): T[] {
  return list
    .map((each) => ({ each, luck: Math.random() }))
    .sort((a, b) => a.luck - b.luck)
    .map(({ each }) => each);
}

/** The cost of a runner. */
export function costOf(rounds: Rounds, name: string): Spread {
  return spreadOf(of(rounds, name));
}

/** The cost of a runner over that of another, from the differences within each round. */
export function overOf(rounds: Rounds, name: string, basis: string): Spread {
  const other = of(rounds, basis);
  return spreadOf(of(rounds, name).map((each, i) => each - (other[i] as number)));
}

/** The cost of a runner as a multiple of another's, from the ratios within each round. */
export function timesOf(rounds: Rounds, name: string, basis: string): Spread {
  const other = of(rounds, basis);
  return spreadOf(of(rounds, name).map((each, i) => each / (other[i] as number)));
}

function of(rounds: Rounds, name: string): readonly number[] {
  const measured = rounds.get(name);
  if (!measured) throw new RangeError(`${name} was not measured`);
  return measured;
}
