import type { Breaker, BreakerEvent, Evidence, Millis } from '@switchgear/core';

/** Any breakers: a list, a set, a registry. One that has `subscribe`, as a registry does, is subscribed to as a whole. */
export type Breakers = Iterable<Breaker> & { readonly subscribe?: Breaker['subscribe'] };

/** The recorded events of some breakers, for a dashboard and for {@link impact}. */
export interface History {
  /** When observing began, in milliseconds since 1970. */
  readonly since: Millis;

  /** Ends the subscriptions; nothing more is recorded. */
  stop(): void;
}

/** One line of the timeline. */
export interface Entry {
  /** Increases with each entry. */
  readonly number: number;

  /** Milliseconds since 1970. */
  readonly at: Millis;
  readonly breaker: string;

  /** What happened to the breaker; `order` is an operator's order, `refused` an unauthorized one. */
  readonly type: Exclude<BreakerEvent['type'], 'outcome' | 'reject'> | 'order' | 'refused';

  /** The state, or the mode, that was entered. */
  readonly to?: string;

  /** One sentence for people to read. */
  readonly says: string;

  /** The numbers that the decision was based on. */
  readonly evidence?: Evidence;
}

/** A call that was refused. */
export interface Refusal {
  /** Milliseconds since 1970. */
  readonly at: Millis;

  /** One sentence for people to read. */
  readonly says: string;

  /** Its reason alone. */
  readonly reason: string;
}
