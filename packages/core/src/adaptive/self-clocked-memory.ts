import type { Instant } from '../vocabulary/time.ts';
import type { Limit } from './limit.ts';

/** What recovery in adaptive mode remembers: first a single probe, then a limit of calls under way. */
export interface SelfClocked {
  readonly isEarly: boolean;

  /** The probe under way, and when it is given up for lost. */
  readonly probe: { readonly id: number; readonly until: Instant } | undefined;

  /** Absent while probing. */
  readonly limit: Limit | undefined;

  /** By how much failures outweigh successes since the last cut. */
  readonly loss: number;

  /** Whether any call has succeeded since the last cut. */
  readonly hasServed: boolean;

  /** Successes in a row, during which nobody was refused either. */
  readonly clean: number;

  /** Calls up to this number were let through before the last cut and no longer speak. */
  readonly fence: number;

  /** The number of the last call that was let through. */
  readonly last: number;

  /** When anything was last let through or came back. */
  readonly alive: Instant;

  /** Since when nobody was refused. */
  readonly open: Instant;

  readonly calls: number;
  readonly failures: number;
}
