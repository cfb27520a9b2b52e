/** A length of time in milliseconds. */
export type Millis = number;

/** A reading of a breaker's monotonic clock, in milliseconds. Its origin is arbitrary. */
export type Instant = number;

/**
 * Where a breaker gets the time from; `performance` is a valid clock. If it throws or goes backwards, that is reported
 * through `onError`, and the breaker's time stands still until the clock works again.
 */
export interface Clock {
  /** Monotonic milliseconds, which never go backwards. All decisions use this reading. */
  now(): Instant;

  /**
   * Milliseconds since 1970, for times that enter or leave the process: snapshots, HTTP dates.
   *
   * @default Date.now
   */
  wall?(): Millis;

  /**
   * Set if `now` advances in steps of this many milliseconds; calls that begin in the same step then share their
   * handlers.
   */
  readonly resolution?: Millis;
}
