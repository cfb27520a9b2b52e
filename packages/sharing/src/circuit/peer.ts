import type { Millis } from '@switchgear/core';
import type { Spell } from '../pool/trouble.ts';
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

/**
 * When the bad calls ended of which an instance tells.
 *
 * @param since when this circuit closed; what was before belongs to a trouble that is over
 * @param shift from the clock of reports to that of the breaker
 */
export function spellOf({ at, bad }: Told, since: Millis, shift: Millis): Spell | undefined {
  return bad && { first: Math.max(at - bad.first, since) + shift, last: at - bad.last + shift };
}
