import type { Instant, Millis } from '../vocabulary/time.ts';

/** The column in which a window sums settled calls. */
export const CALLS = 0;

/** The column in which a window sums failures. */
export const FAILURES = 1;

/** The column of the failures since the last success, which belong to no call: written straight into the sums. */
export const RUN = 2;

/** The columns from here on belong to the measures of the rule. */
export const FIRST = 3;

/** A kind of window. An immutable value: a thousand breakers may share it, each gets a memory of its own. */
export interface WindowRecipe {
  /**
   * Windows of the same id remember alike: a breaker that is given one for another keeps its memory. Messages call it by
   * this.
   */
  readonly id: string;

  /** Whether time moves it. A window without time is never told the time: every instant it sees is 0. */
  readonly timed: boolean;

  /** Whether a call that began before the window's evidence did is left out. */
  readonly dated?: boolean;

  /** How many calls it remembers at most; absent where that depends on the traffic. Rules that need more are refused. */
  readonly capacity?: number;

  /** After how many milliseconds it forgets everything at once; absent where it forgets bit by bit. */
  readonly forgetsAfter?: Millis;

  /** Whether its grid starts with the breaker, so that its memory cannot wait for the first outcome to be made. */
  readonly anchored?: boolean;

  /** A new memory with room for this many sums. */
  start(at: Instant, columns: number): WindowMemory;
}

/** A bounded memory of settled calls, kept as sums by column. Mutable, but deterministic: it is told the time. */
export interface WindowMemory {
  /** One sum for each column over the calls it remembers at the time it was last told. */
  readonly sums: number[];

  /** No sum changes by time alone before this instant. */
  readonly until: Instant;

  /** When the evidence began; calls that started earlier belong to an earlier window. */
  readonly from: Instant;

  /** Forgets what is too old. */
  roll(at: Instant): void;

  /** Begins one more call. What `add` brings belongs to it. */
  count(at: Instant): void;

  /** Adds to a column on behalf of the last call. */
  add(column: number, amount: number): void;

  /** Calls that brought nothing but their number, all before `until`. */
  skip(calls: number): void;

  /** Forgets everything and begins anew. */
  clear(at: Instant): void;
}

/** That many zeros. */
export function zeros(columns: number): number[] {
  return new Array<number>(columns).fill(0);
}
