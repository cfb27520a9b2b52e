import { SequentialTest } from '../../src/detector/sequential-test.ts';
import { cusum, type Vitals, type WindowRecipe } from '../../src/index.ts';
import { learnedVitals } from '../../src/vitals/learned-vitals.ts';
import type { Chance } from '../proofs/soak/chance.ts';

/** A test as a breaker starts it. The window is only what it shows. */
export function startTest(
  options?: Parameters<typeof cusum>[0],
  vitals?: Vitals,
  window?: WindowRecipe,
  before?: SequentialTest,
): SequentialTest {
  const setting = { window, evaluateOn: 'failure', permitTimeout: 30_000 } as const;
  const test = cusum(options).build(setting).start(0, before, vitals);
  if (!(test instanceof SequentialTest)) throw new Error('cusum starts another detector');
  return test;
}

/** Vitals that know of this many calls a millisecond, and of this much relapse. */
export function vitalsOf(rate: number, relapse: number = 0): Vitals {
  const known = {
    rate: () => rate,
    relapse: () => relapse,
    patience: () => 0,
    pausePatience: () => 0,
    surgePatience: () => 0,
  };
  return Object.assign(Object.create(learnedVitals.start(0)), known);
}

/** Calls at random times, this many a millisecond on average, handed to a test as a breaker does it: with lulls. */
export class Stream {
  readonly #test: SequentialTest;
  readonly #chance: Chance;
  readonly #rate: number;
  at = 0;

  constructor(test: SequentialTest, chance: Chance, rate: number) {
    this.#test = test;
    this.#chance = chance;
    this.#rate = rate;
  }

  /**
   * Calls of which this share fails.
   *
   * @returns how many it took until the verdict, or Infinity if there is none within this many
   */
  callsToVerdict(share: number, within: number): number {
    for (let calls = 0; calls < within; ) {
      const until = share === 1 ? 0 : Math.floor(Math.log(1 - this.#chance.next()) / Math.log(1 - share));
      const successes = Math.min(until, within - calls);
      this.#succeed(successes);
      calls += successes;
      if (calls === within) break;
      calls++;
      this.at += this.#chance.after(1 / this.#rate);
      if (this.#test.tell(true, this.at)) return calls;
    }
    return Infinity;
  }

  /** As many successes, one by one until the test says that the others cannot matter. */
  #succeed(calls: number): void {
    let left = calls;
    for (; left > 0 && this.#test.lull < left; left--) this.#test.tell(false, this.at);
    if (left > 0) this.#test.skip(left);
    this.at += calls / this.#rate;
  }
}
