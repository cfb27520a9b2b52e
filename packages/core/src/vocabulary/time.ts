/** A length of time in milliseconds. */
export type Millis = number;

/** A reading of a breaker's monotonic clock, in milliseconds. Its origin means nothing. */
export type Instant = number;

/**
 * Where a breaker gets the time from: `performance` is one. A clock that throws or goes back is reported through `onError`,
 * and its time stands still until it is right again.
 */
export interface Clock {
  /** Monotonic milliseconds: never goes back. The only reading that decides anything. */
  now(): Instant;

  /**
   * Milliseconds since 1970, for what enters or leaves the process: snapshots, HTTP dates.
   *
   * @default Date.now
   */
  wall?(): Millis;

  /** Set when `now` moves in steps of this many milliseconds; calls that begin in one step then share their book-keeping. */
  readonly resolution?: Millis;
}
