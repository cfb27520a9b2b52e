import type { Verdict } from '../vocabulary/state.ts';
import type { Millis } from '../vocabulary/time.ts';

/**
 * What a rule sees: sums over the calls that the window remembers. A live view; read it, do not keep it.
 */
export interface Tally {
  /** Settled calls, ignored ones left out. */
  readonly calls: number;

  readonly failures: number;

  /** Failures since the last success, however far apart. */
  readonly run: number;

  /** Set when the calls are a sample taken whole: then no minimum applies. */
  readonly sampled?: boolean;

  /** The sum of a measure of the rule's, or of one of its columns. */
  total(measure: Measure, column?: number): number;
}

/**
 * When there is enough evidence to open. Pure: the same tally, the same answer.
 *
 * @example
 * ```ts
 * const tenFailures: Rule = {
 *   judge: ({ failures }) => (failures >= 10 ? { rule: 'tenFailures', evidence: { failures } } : undefined),
 * };
 * ```
 */
export interface Rule {
  /** The verdict, if the tally is evidence enough. Asked only when the tally holds at least `minimumCalls`. */
  judge(tally: Tally): Verdict | undefined;

  /**
   * Fewer settled calls than this prove nothing. A breaker whose window can never hold that many is refused when it is made.
   *
   * @default 1
   */
  readonly minimumCalls?: number;

  /**
   * Whether `minimumCalls` is a default that no user has chosen. Then it is lowered to what the window can hold.
   *
   * @default false
   */
  readonly minimumIsDefault?: boolean;

  /** What else it must see at once before it can hold. A breaker whose window can never hold that is refused too. */
  readonly needs?: readonly Need[];

  /** What messages call it. */
  readonly name?: string;

  /** For a rule made of others: those. */
  readonly parts?: readonly Rule[];

  /** For a rule made of others: the same of other parts. */
  composed?(parts: readonly Rule[]): Rule;

  /**
   * Says that a success which adds nothing to its measure never brings it closer to a verdict once it has its minimum of
   * calls. Then the breaker may count such successes without asking. Leave it out when in doubt.
   *
   * @default false
   */
  readonly easedBySuccess?: boolean;

  /**
   * A call that lasts this many milliseconds or longer is slow. A slow probe is a failed one.
   *
   * @default Infinity
   */
  readonly slowerThan?: Millis;

  /** What must be summed for it besides calls and failures. */
  readonly measure?: Measure;

  /** Which measure counts slow calls, for readers. */
  readonly slowCalls?: Measure;
}

/** Calls that a rule must see at once before it can hold, and the option that says so. */
export interface Need {
  /** The option as its user knows it: `'failureRate minimumCalls'`. */
  readonly option: string;

  /** What it was set to. */
  readonly value: number;

  /** The most that one call brings of it. */
  readonly perCall: number;

  /** Set where the calls need not be in the window at once: a row of failures goes on while the window forgets. */
  readonly lasts?: boolean;
}

/** Something a window sums for a rule: slow calls, say. An immutable value, shared by all that judge by it. */
export interface Measure {
  /** Measures of the same id are summed once, however many rules ask. */
  readonly id: string;

  /** How many columns it fills. */
  readonly width: number;

  /** A success shorter than this many milliseconds adds nothing. Below Infinity it asks for durations. */
  readonly under: Millis;

  /** The most that one call adds to one of its columns; absent where it cannot be known. */
  readonly perCall?: number;

  /** For a measure made of others: in which of its columns another begins, if it is among them or in one of them. */
  columnOf?(id: string): number | undefined;

  /** Adds one settled call, from `column` on. Says whether it added anything. */
  add(to: Columns, column: number, failed: boolean, duration: Millis, kind: string | undefined): boolean;
}

/** Where a measure adds what it saw. */
export interface Columns {
  add(column: number, amount: number): void;
}
