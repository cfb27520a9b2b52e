import type { Millis } from '@switchgear/core';
import type { CircuitReport } from '../report/report.ts';

/** What an instance last told of a circuit, and when. */
export interface Told extends CircuitReport {
  readonly at: Millis;
}

/** Another instance. */
export interface Peer {
  readonly life: string;

  /** What it told of the circuits in its last report. Those it did not mention are closed. */
  readonly circuits: ReadonlyMap<string, Told>;
}
