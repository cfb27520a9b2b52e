import type { Millis, State } from '@switchgear/core';

/** A service of several endpoints. */
export interface ShownTree {
  /** The name of the service, and of its breaker. */
  readonly name: string;
  readonly rows: readonly ShownEndpoint[];
}

/** How one endpoint stands. */
export interface ShownEndpoint {
  readonly id: string;

  /** From 0 to 1; 0 while ejected. */
  readonly weight: number;
  readonly state: State;

  /** Calls under way. */
  readonly load: number;
  readonly latency: Millis;

  /** The share of its last calls that succeeded. */
  readonly success: number;
  readonly why: string;
}
