import type { Instant, Millis } from '../vocabulary/time.ts';

/** The column in which a window sums settled calls. */
export const CALLS = 0;

/** The column in which a window sums failures. */
export const FAILURES = 1;

/**
 * The column of the failures since the last success. It belongs to no call, so it is written directly into the sums.
 */
export const RUN = 2;

/** The columns from here on belong to the measures of the rule. */
export const FIRST = 3;

/** A kind of window: an immutable value that many breakers may share. Each gets its own memory. */
export interface WindowRecipe {
  /**
   * Identifies how the window remembers: if a breaker is reconfigured with a window of the same id, it keeps its memory.
   * Also the window's name in error messages.
   */
  readonly id: string;

  /** Whether it uses the time. If not, the clock may not be read for it, and every instant it receives may be 0. */
  readonly timed: boolean;

  /** Whether calls that began before `from` of its memory are left out. */
  readonly dated?: boolean;

  /** The most calls that it remembers; absent if that depends on the traffic. Rules that need more are refused. */
  readonly capacity?: number;

  /** After how many milliseconds it forgets everything at once; absent if it forgets gradually. */
  readonly forgetsAfter?: Millis;

  /**
   * Whether its grid starts with the breaker, so that its memory must be made then rather than at the first outcome.
   */
  readonly anchored?: boolean;

  /** Makes a memory with this many columns. */
  start(at: Instant, columns: number): WindowMemory;
}

/** A bounded memory of settled calls, kept as sums by column. Mutable but deterministic: time is a parameter. */
export interface WindowMemory {
  /** One sum per column, over the calls remembered at the last instant it received. */
  readonly sums: number[];

  /** Before this instant no sum changes by time alone. */
  readonly until: Instant;

  /** When the evidence began. Calls that began earlier are left out. */
  readonly from: Instant;

  /** Forgets what is too old. */
  roll(at: Instant): void;

  /** Counts one more call, to which following calls of `add` belong. */
  count(at: Instant): void;

  /** Adds an amount to a column for the last call. */
  add(column: number, amount: number): void;

  /** Counts calls that add nothing to other columns, all of them before `until`. */
  skip(calls: number): void;

  /** Forgets everything and starts again at this instant. */
  clear(at: Instant): void;
}

/** A list of this many zeros. */
export function zeros(columns: number): number[] {
  return new Array<number>(columns).fill(0);
}
