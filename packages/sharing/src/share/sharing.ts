import type { Breaker, Mode } from '@switchgear/core';
import type { SharingReport } from './events.ts';

/** Breakers that share what they know with those of other instances. */
export interface Sharing {
  /** Instances of the group, this one included. */
  readonly instances: number;

  /** Whether no other instance is there. */
  readonly alone: boolean;

  /** Settles after the first report of another instance, or after half a second: for callers that wait before they serve. */
  readonly ready: Promise<void>;

  /**
   * Whether the fault is probably in this instance, such as a broken network: the breaker's circuit has opened by evidence of
   * its own, and those of most others are closed.
   */
  isItUs(breaker: Breaker): boolean;

  /**
   * Sets the mode of a breaker here, and at all instances that have `carryModes`. It is told to those that come later as long
   * as an instance that knows it is there.
   *
   * @throws {TypeError} if the mode is unknown, the breaker is not shared, or this sharing has no `carryModes`
   */
  setMode(breaker: Breaker, mode: Mode): void;

  /**
   * Where no timer may live, as on Workers: sends a report if one is due. Hand the promise to `waitUntil`. It never rejects.
   *
   * @returns undefined if none is due
   */
  sync(): Promise<void> | undefined;

  /** Says goodbye to the others and leaves the breakers as they are. Never rejects. */
  close(): Promise<void>;

  /** What is known at this moment, as plain data. */
  report(): SharingReport;
}
