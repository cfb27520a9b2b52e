/** What every subject is asked to do, as nearly as it can: open when half of at least 20 calls in 10 seconds failed. */
export interface Rule {
  /** Share of failures at which it opens, below 1 because not every subject takes 1. */
  readonly share: number;
  readonly minimumCalls: number;

  /** The time window, in milliseconds. */
  readonly window: number;

  /** The count window, in calls. */
  readonly size: number;

  /** A call of so many milliseconds is slow, where a subject judges slowness. */
  readonly slowerThan: number;

  /** Milliseconds from opening to the first probe. */
  readonly openFor: number;
}

/** The rule of all tables that do not say otherwise. Nothing comes back while they measure. */
export const RULE: Rule = {
  share: 0.5,
  minimumCalls: 20,
  window: 10_000,
  size: 100,
  slowerThan: 1_000,
  openFor: 1_000_000,
};
