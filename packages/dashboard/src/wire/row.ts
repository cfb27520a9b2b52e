import type { Millis, Mode, State } from '@switchgear/core';

/** A breaker as the page lists it: what it says of itself now. */
export interface Row {
  /** Its name here; two breakers of one name are told apart by a number. */
  readonly id: string;
  readonly group: string;
  readonly state: State;
  readonly mode: Mode;

  /** When it last moved, in milliseconds since 1970; `null` if it was not seen to. */
  readonly since: Millis | null;

  /** While open, when a call may next be admitted; `null` if it is not open, or nobody knows. */
  readonly until: Millis | null;

  /** What its window says while closed, and its probes while half-open. */
  readonly calls: number;
  readonly failures: number;
  readonly slow: number;
  readonly failureRate: number | null;
  readonly slowCallRate: number | null;

  /** While half-open, the stage of a ramp, else the share of the probes that are back among those and the calls refused; `null` before the first. */
  readonly admitted: number | null;

  /** The seconds that have passed since the row was last read, those in which anything happened. */
  readonly seconds: readonly Second[];
}

/** When it began, then calls that succeeded, that failed, that were refused. */
export type Second = readonly [at: Millis, succeeded: number, failed: number, refused: number];
