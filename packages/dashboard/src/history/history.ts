import type { Breaker, Millis } from '@switchgear/core';

/** Any breakers: a list, a set, a registry. One that has `subscribe`, as a registry does, is heard as a whole. */
export type Breakers = Iterable<Breaker> & { readonly subscribe?: Breaker['subscribe'] };

/** What was observed of some breakers: for a dashboard to show and for {@link impact} to add up. */
export interface History {
  /** When observing began, in milliseconds since 1970. */
  readonly since: Millis;

  /** Ends the subscriptions: nothing is added from here on. */
  stop(): void;
}
