import type { Figures } from '../client/figures.ts';
import type { Policy } from '../policies/policy.ts';

/** One thing that happens, played once for each policy of a round. */
export interface Scene {
  readonly id: string;
  readonly title: string;

  /** What was done. */
  readonly about: string;

  /** Figures and the head of their columns, in order. */
  readonly columns: Readonly<Record<string, string>>;

  /** Plays it. Rounds differ by their seed. */
  play(policy: Policy, seed: number): Promise<Figures>;
}

/** How long a call may take, in milliseconds. */
export const TIME_LIMIT = 1_000;
