/** How a request ended. */
export const FATES = ['under way', 'useful', 'failed', 'refused'] as const;
export type Fate = (typeof FATES)[number];

/** A record of every request and call of a run, from which the figures are computed. */
export class Journal {
  /** By request: which instance made its first call. */
  readonly instance: number[] = [];

  /** By request: when it came, how it ended (as an index of `FATES`), and how long it had to wait, in milliseconds. */
  readonly cameAt: number[] = [];
  readonly fate: number[] = [];
  readonly waited: number[] = [];

  /** By call: when it was made, and when it failed. */
  readonly calledAt: number[] = [];
  readonly failedAt: number[] = [];

  /** How often the breaker began to limit traffic without an open period, if it can say. */
  limited = 0;

  /** By second: calls that the service could have answered. */
  readonly capacity: number[] = [];

  /** @returns the number of the request */
  came(at: number): number {
    this.fate.push(0);
    this.waited.push(0);
    return this.cameAt.push(at) - 1;
  }

  ended(request: number, fate: Fate, at: number): void {
    if (this.fate[request] !== 0) throw new Error('a request ended twice');
    this.fate[request] = FATES.indexOf(fate);
    this.waited[request] = at - (this.cameAt[request] as number);
  }

  /** How many requests ended that way. */
  count(fate: Fate): number {
    const wanted = FATES.indexOf(fate);
    return this.fate.reduce((sum, each) => sum + (each === wanted ? 1 : 0), 0);
  }
}
