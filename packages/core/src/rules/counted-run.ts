import { type Detector, type DetectorRecipe, ENDLESS, type Readings } from '../detector/detector.ts';
import { SeenCalls } from '../detector/seen-calls.ts';
import { reaches, tidy } from '../vocabulary/decimal.ts';
import { made } from '../vocabulary/made.ts';
import type { Verdict } from '../vocabulary/state.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import type { Measure } from './rule.ts';

/**
 * Opens at a run of failures that a measure counts. A success ends the run, and so does a failure that counts nothing. The
 * run is a number of its own beside the window, because a window forgets and a run does not.
 */
export function countedRun(limit: number, counting: Measure): DetectorRecipe {
  const recipe: DetectorRecipe = {
    build: ({ window }) => ({
      clockReads: window?.timed ? 1 : 0,
      slowerThan: Infinity,
      anchored: window?.anchored,
      start(at, before) {
        const earlier = before instanceof CountedRun ? before : undefined;
        return new CountedRun(limit, counting, new SeenCalls(at, window, earlier?.seen), earlier);
      },
    }),
  };
  return made(recipe, 'consecutiveFailures', limit, counting.id);
}

class CountedRun implements Detector {
  readonly seen: SeenCalls;
  readonly lullUnder: Millis = Infinity;
  readonly #limit: number = 0;
  readonly #counting: Measure;
  #run = 0;

  /** @param earlier the detector before: if it counted the same, its run goes on */
  constructor(limit: number, counting: Measure, seen: SeenCalls, earlier: CountedRun | undefined) {
    this.seen = seen;
    this.#limit = limit;
    this.#counting = counting;
    const fits = earlier !== undefined && earlier.#counting.id === counting.id;
    if (fits) this.#run = earlier.#run;
  }

  get lull(): number {
    return this.#run > 0 ? 0 : ENDLESS;
  }

  get lullUntil(): Instant {
    return this.seen.until;
  }

  tell(failed: boolean, at: Instant, duration: Millis, kind: string | undefined): Verdict | undefined {
    this.seen.add(failed, at);
    if (!(failed && this.#counting.add(this, 0, failed, duration, kind))) this.#run = 0;
    if (!reaches(this.#run, this.#limit)) return undefined;
    return { rule: 'consecutiveFailures', evidence: { run: tidy(this.#run), limit: this.#limit } };
  }

  /** Called by the measure with what a failure weighs. */
  add(_column: number, amount: number): void {
    this.#run += amount;
  }

  skip(successes: number): void {
    this.seen.skip(successes);
  }

  clear(at: Instant): void {
    this.#run = 0;
    this.seen.clear(at);
  }

  readings(at: Instant): Readings {
    return this.seen.readings(at);
  }
}
