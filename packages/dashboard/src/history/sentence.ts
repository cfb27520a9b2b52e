import { type BreakerEvent, explain } from '@switchgear/core';

/**
 * One sentence about an event, without the time to the next attempt: the page counts that down, and would contradict a sentence that
 * has the time as it was.
 */
export function sentenceOf(event: BreakerEvent): string {
  const { because } = event;
  if (because?.nextAttemptAt === undefined) return explain(event);
  const { nextAttemptAt: _, ...reason } = because;
  return explain({ ...event, because: reason } as BreakerEvent);
}

/** The reason alone, as a sentence. */
export function whyOf({ because }: BreakerEvent): string {
  if (!because) return '';
  const { nextAttemptAt: _, ...reason } = because;
  return explain(reason);
}
