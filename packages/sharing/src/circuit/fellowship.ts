import type { Breaker, Millis, Verdict } from '@switchgear/core';
import type { Peer } from './peer.ts';

/** What a circuit asks of the sharing it is part of. */
export interface Fellowship {
  /** Instances of the group, this one included. */
  readonly instances: number;

  /** How many of them probe: each for itself, or the one that is appointed. */
  readonly probing: number;

  /** How many of them must agree. */
  readonly quorum: number;

  readonly peers: Iterable<Peer>;

  /** Milliseconds, of any origin. */
  now(): Millis;

  /** There is something to tell the others. */
  stir(): void;

  /** A verdict on the calls of others was not acted on, because the last calls here went well. */
  dissented(breaker: Breaker, verdict: Verdict): void;
}
