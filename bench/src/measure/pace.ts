/** How long a measurement may take. */
export interface Pace {
  /** Rounds that count. */
  readonly rounds: number;

  /** Rounds before them, for the engine to compile what runs often. */
  readonly warmUp: number;

  /** Milliseconds of one subject in one round. Shorter than a slice of the system's scheduler, so that most are undisturbed. */
  readonly batch: number;
}

/** For figures to publish. */
export const THOROUGH: Pace = { rounds: 400, warmUp: 100, batch: 0.3 };

/** To see that every measurement works. */
export const QUICK: Pace = { rounds: 3, warmUp: 2, batch: 0.02 };

/** A number of repetitions: enough for figures, or few for a quick run. */
export function howMany(pace: Pace, thorough: number, quick: number): number {
  return pace === QUICK ? quick : thorough;
}
