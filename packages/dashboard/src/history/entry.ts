import type { BreakerEvent, Evidence, Millis } from '@switchgear/core';

/** One line of the timeline. */
export interface Entry {
  /** Rises with each line. */
  readonly number: number;

  /** Milliseconds since 1970. */
  readonly at: Millis;
  readonly breaker: string;

  /** What happened to the breaker; `order` is what an operator asked for on the page, `refused` what somebody else did. */
  readonly type: Exclude<BreakerEvent['type'], 'outcome' | 'reject'> | 'order' | 'refused';

  /** The state, or the mode, that was entered. */
  readonly to?: string;

  /** One sentence for a person. */
  readonly says: string;

  /** The numbers it was decided on. */
  readonly evidence?: Evidence;
}

/** A call that was refused. */
export interface Refusal {
  /** Milliseconds since 1970. */
  readonly at: Millis;

  /** One sentence for a person. */
  readonly says: string;
}
