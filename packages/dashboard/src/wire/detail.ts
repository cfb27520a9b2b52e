import type { Evidence, Millis } from '@switchgear/core';
import type { Bucket } from '../history/buckets.ts';
import type { Entry, Refusal } from '../history/entry.ts';
import type { Row } from './row.ts';

/** One breaker, as closely as it can be looked at. */
export interface Detail {
  readonly now: Millis;
  readonly row: Row;

  /** Why it stands where it stands; `null` if it was not seen to move. */
  readonly why: { readonly at: Millis; readonly says: string; readonly evidence: Evidence } | null;

  /** Calls refused, ended late, lost and thrown in, as the breaker counts them. */
  readonly counts: { readonly rejected: number; readonly late: number; readonly lost: number; readonly errors: number };

  /** The last two minutes second by second, and all that is kept in steps of ten. Slices without calls are absent. */
  readonly seconds: readonly Bucket[];
  readonly steps: readonly Bucket[];

  /** From when the steps are kept. */
  readonly from: Millis;
  readonly slowerThan: Millis;

  /** Newest first. */
  readonly entries: readonly Entry[];
  readonly refusals: readonly Refusal[];
}
