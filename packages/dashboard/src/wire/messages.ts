import type { Evidence, Millis, Mode, State } from '@switchgear/core';
import type { Bucket } from '../history/buckets.ts';
import type { Entry, Refusal } from '../history/history.ts';
import type { Trouble } from '../history/trouble.ts';

/** A breaker as the page lists it. */
export interface Row {
  /** Its name; a second breaker of the same name gets a number. */
  readonly id: string;
  readonly group: string;
  readonly state: State;
  readonly mode: Mode;

  /** When it last moved, in milliseconds since 1970; `null` if it has not moved since observation began. */
  readonly since: Millis | null;

  /** While open, when a call may next be admitted; `null` if it is not open, or unknown. */
  readonly until: Millis | null;

  /** The counts of its window while closed, of its probes while half-open. */
  readonly calls: number;
  readonly failures: number;
  readonly slow: number;
  readonly failureRate: number | null;
  readonly slowCallRate: number | null;

  /** While half-open, the share of a ramp's stage, or the settled probes divided by those and the refused calls; `null` before the first. */
  readonly admitted: number | null;

  /** The seconds since the row was last read, without those in which nothing happened. */
  readonly seconds: readonly Second[];
}

/** When the second began, then the succeeded, failed and refused calls. */
export type Second = readonly [at: Millis, succeeded: number, failed: number, refused: number];

/** All details of one breaker. */
export interface Detail {
  readonly now: Millis;
  readonly row: Row;

  /** Why it is in its current state; `null` if it has not moved since observation began. */
  readonly why: { readonly at: Millis; readonly says: string; readonly evidence: Evidence } | null;

  /** What has happened since the circuit left closed, or was isolated; `null` while all is well. */
  readonly trouble: Trouble | null;

  /** The breaker's own counters. */
  readonly counts: { readonly rejected: number; readonly late: number; readonly lost: number; readonly errors: number };

  /** The last two minutes in seconds, and all that is kept in steps of ten seconds. Slices without calls are absent. */
  readonly seconds: readonly Bucket[];
  readonly steps: readonly Bucket[];

  /** The beginning of the kept steps. */
  readonly from: Millis;
  readonly slowerThan: Millis;

  /** Newest first. */
  readonly entries: readonly Entry[];
  readonly refusals: readonly Refusal[];
}

/** What instances that share what they know say, of all circuits or of one. */
export interface Together {
  readonly group: string;

  /** Instances of the group, this one included. */
  readonly instances: number;

  /** Whether no other instance is there. */
  readonly alone: boolean;
  readonly circuits: readonly SharedCircuit[];
}

/** One circuit that is shared. */
export interface SharedCircuit {
  /** The name of the breaker here. */
  readonly breaker: string;
  readonly state: State;

  /** Why it is open here: `sums` and `other` are evidence of this instance, `hearsay` that of others. */
  readonly ground: string;

  /** Whether it is open here by own evidence and closed at most others. */
  readonly isItUs: boolean;

  /** Whether the others were not followed lately, because the last calls here went well. */
  readonly isDissenting: boolean;

  /** The life of the instance that is appointed to probe, if any is. */
  readonly appointed?: string | undefined;

  /** What others say of it; those that do not mention it are closed. */
  readonly told: readonly {
    readonly life: string;
    readonly state: State;
    readonly ground: string;
    readonly rule: string;
    readonly age: Millis;
  }[];
}

/** The full state, for a page that has just connected. */
export interface FullState {
  readonly title: string;

  /** The server's wall time. */
  readonly now: Millis;

  /** When observation began. */
  readonly since: Millis;
  readonly rows: readonly Row[];

  /** The last minute of those breakers that were used in it. */
  readonly seconds: Readonly<Record<string, readonly Second[]>>;
  readonly entries: readonly Entry[];

  /** Whether settled calls are recorded. */
  readonly outcomes: boolean;

  /** Whether the breakers share what they know with other instances. */
  readonly sharing: boolean;

  /** Whether there are services of several endpoints. */
  readonly trees: boolean;

  /** Whether the page shows the operator's controls; each order is authorized separately. */
  readonly controls: boolean;
}

/** The changes since the last message. */
export interface Changes {
  readonly now: Millis;
  readonly rows: readonly Row[];
  readonly entries: readonly Entry[];

  /** Breakers that are gone. */
  readonly gone: readonly string[];
}
