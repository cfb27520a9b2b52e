import { type Because, type BreakerEvent, explain } from '@switchgear/core';

/**
 * One sentence about an event, without the time to the next attempt: the page counts that down, and would contradict a sentence that
 * has the time as it was.
 */
export function sentenceOf(event: BreakerEvent): string {
  return explain(event.because ? ({ ...event, because: undated(event.because) } as BreakerEvent) : event);
}

/** The reason alone, as a sentence. */
export function whyOf({ because }: BreakerEvent): string {
  return because ? explain(undated(because)) : '';
}

function undated({ nextAttemptAt: _, ...reason }: Because): Because {
  return reason;
}
