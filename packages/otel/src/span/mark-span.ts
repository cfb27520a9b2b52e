import { type Attributes, trace } from '@opentelemetry/api';
import { type BreakerEvent, explain } from '@switchgear/core';
import { ATTRIBUTE, refusingState, spelt } from '../numbers/words.ts';

/** Marks a refusal or a move on the span that is active: the caller's, as events come where calls are asked for or end. */
export function markSpan(event: BreakerEvent): void {
  const { type, breaker, from, to, because } = event;
  if (type !== 'reject' && type !== 'move') return;
  const span = trace.getActiveSpan();
  if (!span?.isRecording()) return;
  const where: Attributes = {
    [ATTRIBUTE.name]: breaker,
    [ATTRIBUTE.state]: type === 'move' ? spelt(to) : refusingState(because),
  };
  span.setAttributes(where);
  const why: Attributes = { [ATTRIBUTE.reason]: because?.rule, [ATTRIBUTE.explanation]: explain(event) };
  if (type === 'reject') span.addEvent('circuit_breaker.rejected', { ...where, ...why, ...waitOf(event) });
  else span.addEvent('circuit_breaker.state_change', { ...where, [ATTRIBUTE.from]: spelt(from), ...why });
}

/** Seconds until somebody may ask again, where that is known. */
function waitOf({ at, because }: BreakerEvent): Attributes {
  const { nextAttemptAt } = because ?? {};
  return nextAttemptAt === undefined
    ? {}
    : { [ATTRIBUTE.retryAfter]: Math.ceil(Math.max(0, nextAttemptAt - at)) / 1_000 };
}
