import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Loop } from './loops.ts';
import type { Pace } from './pace.ts';
import { type Spread, spreadOf } from './spread.ts';

/** Something to measure. */
export interface Runner {
  readonly name: string;
  readonly loop: Loop;

  /** So many calls in each batch, instead of as many as fit. */
  readonly calls?: number;
}

/** Nanoseconds a call, of each runner in each round. */
export type Rounds = ReadonlyMap<string, readonly number[]>;

/** More calls than this in a batch smooth nothing any more. */
const MOST_CALLS = 2_000;

/**
 * Measures them all in each round, in an order that is drawn anew: whatever the machine does meanwhile, it does to all. The
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
 * As many calls as fit into a batch, at the speed of a runner that has warmed up. On a busy machine the time may be over
 * before the runner has run at all, so the calls must have been many too; the slowest are let off after ten times the time.
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

/** What one costs. */
export function costOf(rounds: Rounds, name: string): Spread {
  return spreadOf(of(rounds, name));
}

/** What one costs more than another, from the differences within each round. */
export function overOf(rounds: Rounds, name: string, basis: string): Spread {
  const other = of(rounds, basis);
  return spreadOf(of(rounds, name).map((each, i) => each - (other[i] as number)));
}

/** How many times another one costs, from the ratios within each round. */
export function timesOf(rounds: Rounds, name: string, basis: string): Spread {
  const other = of(rounds, basis);
  return spreadOf(of(rounds, name).map((each, i) => each / (other[i] as number)));
}

function of(rounds: Rounds, name: string): readonly number[] {
  const measured = rounds.get(name);
  if (!measured) throw new RangeError(`${name} was not measured`);
  return measured;
}
