import type { Breaker, BreakerEvent } from '@switchgear/core';

/** Every event of a breaker, as it came. */
export function eventLog(breaker: Breaker): BreakerEvent[] {
  const events: BreakerEvent[] = [];
  breaker.subscribe((event) => events.push(event), { outcomes: true });
  return events;
}
