import type { DetectorRecipe } from '../detector/detector.ts';
import type { Verdict } from '../vocabulary/state.ts';
import type { Millis } from '../vocabulary/time.ts';

/**
 * The sums over the calls in the window that a rule sees. A live view: read it, do not keep it.
 */
export interface Tally {
  /** Settled calls, without ignored ones. */
  readonly calls: number;

  readonly failures: number;

  /** Failures since the last success, however far apart. */
  readonly run: number;

  /** Set if the calls are a sample that is judged as a whole: then no minimum applies. */
  readonly sampled?: boolean;

  /** Returns the sum of a measure of the rule, or of one of its columns. */
  total(measure: Measure, column?: number): number;
}

/**
 * What a rule is made of: how it judges the calls in the window, and what it needs for that. Pure: the same tally gives the
 * same verdict.
 */
export interface RuleDefinition {
  /** Returns the verdict if there is enough evidence. Called only if the tally has at least `minimumCalls`. */
  judge(tally: Tally): Verdict | undefined;

  /**
   * The rule is not judged on fewer settled calls than this. If the window can never hold that many, creating the breaker
   * fails.
   *
   * @default 1
   */
  readonly minimumCalls?: number;

  /**
   * Whether `minimumCalls` is a default rather than the user's choice. Then it is lowered to what the window can hold.
   *
   * @default false
   */
  readonly minimumIsDefault?: boolean;

  /**
   * What else must be in the window before the rule can hold. If the window can never hold that, creating the breaker
   * fails.
   */
  readonly needs?: readonly Need[];

  /** Its name in error messages. */
  readonly name?: string;

  /** The rules that a combination is made of. */
  readonly parts?: readonly RuleDefinition[];

  /** Makes the same combination of other rules. */
  composed?(parts: readonly RuleDefinition[]): RuleDefinition;

  /**
   * Whether a success that adds nothing to the measure never brings the rule closer to a verdict, once it has its minimum
   * of calls. The breaker then counts such successes without judging the rule. Leave it out when in doubt.
   *
   * @default false
   */
  readonly easedBySuccess?: boolean;

  /**
   * A call that takes this many milliseconds or longer is slow. A slow probe counts as failed.
   *
   * @default Infinity
   */
  readonly slowerThan?: Millis;

  /** What the window must sum besides calls and failures. */
  readonly measure?: Measure;

  /** The measure that counts slow calls, for metrics. */
  readonly slowCalls?: Measure;
}

/**
 * Decides when there is enough evidence to open, from the calls in the breaker's window. Made by `rule` and by the rules of
 * this library. It brings the detector that keeps the window, so a breaker without such a rule does not load it.
 */
export interface Rule extends RuleDefinition, DetectorRecipe {}

/** Calls that must be in the window before a rule can hold, and the option that requires them. */
export interface Need {
  /** The option as the user knows it: `'failureRate minimumCalls'`. */
  readonly option: string;

  /** The value of the option. */
  readonly value: number;

  /** The most that one call contributes to it. */
  readonly perCall: number;

  /** Set if the calls need not be in the window together: a row of failures goes on while the window forgets. */
  readonly lasts?: boolean;
}

/** A quantity that a window sums for a rule, such as slow calls. An immutable value that many rules may share. */
export interface Measure {
  /** Identifies the measure: those with the same id are summed once, however many rules use them. */
  readonly id: string;

  /** How many columns it has. */
  readonly width: number;

  /** A success that takes less than this many milliseconds adds nothing. If it is not `Infinity`, calls are timed. */
  readonly under: Millis;

  /** The most that one call adds to one of its columns; absent if unknown. */
  readonly perCall?: number;

  /** For a measure made of others, the first column of the one with this id; undefined if it is not among them. */
  columnOf?(id: string): number | undefined;

  /** Adds one settled call, from `column` on. Returns whether it added anything. */
  add(to: Columns, column: number, failed: boolean, duration: Millis, kind: string | undefined): boolean;
}

/** The columns to which a measure adds. */
export interface Columns {
  add(column: number, amount: number): void;
}

/** The first column of a measure among those of the rule; NaN if the rule does not have it. */
export function columnOf({ measure }: RuleDefinition, { id }: Measure): number {
  return measure?.columnOf?.(id) ?? (measure?.id === id ? 0 : Number.NaN);
}
