import type { Millis } from '@switchgear/core';

/**
 * Brings the latest report of each instance to all others. Lost, repeated and disordered reports do no harm, and an
 * instance may get its own back, so a driver need not promise anything.
 */
export interface Bus {
  /**
   * The most bytes that a report may have.
   *
   * @default 16_000
   */
  readonly maxBytes?: number;

  /**
   * The least milliseconds between two reports while there is trouble. Lower it for a bus inside one machine.
   *
   * @default 250
   */
  readonly tick?: Millis;

  /**
   * Connects.
   *
   * @param hear takes each report that arrives and, if it lay in a mailbox, for how many milliseconds it did
   * @param fail takes what goes wrong by itself, when no report is being sent: it becomes an event `fault`
   */
  open(
    hear: (report: string, age?: Millis) => void,
    fail?: (error: unknown) => void,
  ): Connection | PromiseLike<Connection>;
}

/** A connection to a bus. */
export interface Connection {
  /** Sends a report to all others. If it returns a promise, the next one is sent when that has settled. */
  send(report: string): unknown;

  /** Disconnects and leaves nothing behind. May return a promise. */
  close(): unknown;
}
