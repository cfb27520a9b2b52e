import { type Attributes, trace } from '@opentelemetry/api';
import { type BreakerEvent, explain } from '@switchgear/core';
import { ATTRIBUTE, refusingState, spelled } from './numbers/attributes.ts';

/** Marks a refusal or a move on the active span, which is the caller's: events are sent while a call begins or ends. */
export function markSpan(event: BreakerEvent): void {
  const { type, breaker, from, to, because } = event;
  if (type !== 'reject' && type !== 'move') return;
  const span = trace.getActiveSpan();
  if (!span?.isRecording()) return;
  const where: Attributes = {
    [ATTRIBUTE.name]: breaker,
    [ATTRIBUTE.state]: type === 'move' ? spelled(to) : refusingState(because),
  };
  span.setAttributes(where);
  const why: Attributes = { [ATTRIBUTE.reason]: because?.rule, [ATTRIBUTE.explanation]: explain(event) };
  if (type === 'reject') span.addEvent('circuit_breaker.rejected', { ...where, ...why, ...waitOf(event) });
  else span.addEvent('circuit_breaker.state_change', { ...where, [ATTRIBUTE.from]: spelled(from), ...why });
}

/** Seconds until the next call may be admitted, if known. */
function waitOf({ at, because }: BreakerEvent): Attributes {
  const { nextAttemptAt } = because ?? {};
  return nextAttemptAt === undefined
    ? {}
    : { [ATTRIBUTE.retryAfter]: Math.ceil(Math.max(0, nextAttemptAt - at)) / 1_000 };
}
