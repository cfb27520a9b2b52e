import { systemNow, wallTime } from '../circuit/clock.ts';
import type { CircuitOpenError } from '../contract/circuit-open-error.ts';
import type { BreakerEvent } from '../vocabulary/event.ts';
import type { Because } from '../vocabulary/state.ts';
import type { Clock, Instant } from '../vocabulary/time.ts';

/** The same value with dates in place of instants: `'2026-03-01T03:04:05.678Z'`. */
export type Loggable<What> = What extends Instant
  ? string
  : { readonly [Field in keyof What]: Field extends 'at' | 'nextAttemptAt' ? string : Dated<What[Field]> };

type Dated<Value> = Value extends Because ? Loggable<Value> : Value;

/**
 * Returns an event, a reason or a refusal for a log line: plain data, with dates in place of instants of the breaker's
 * clock, whose origin is arbitrary.
 *
 * @param clock the breaker's clock, if it was made with one
 * @default clock the runtime's clock
 * @example
 * ```ts
 * breaker.subscribe((event) => console.log(JSON.stringify({ ...loggable(event), message: explain(event) })));
 * ```
 */
export function loggable<What extends BreakerEvent | Because | CircuitOpenError>(
  what: What,
  clock?: Clock,
): Loggable<What> {
  const toWall = wallTime(clock) - (clock ? clock.now() : systemNow()());
  const { at, because, nextAttemptAt } = what as Partial<BreakerEvent & Because>;
  const refusal = what instanceof Error && {
    name: what.name,
    message: what.message,
    code: (what as CircuitOpenError).code,
  };
  return {
    ...refusal,
    ...what,
    ...(at !== undefined && { at: dateOf(at + toWall) }),
    ...(nextAttemptAt !== undefined && { nextAttemptAt: dateOf(nextAttemptAt + toWall) }),
    ...(because && { because: loggable(because, clock) }),
  } as Loggable<What>;
}

/** The latest possible date, used for anything later. */
const MOST = 8.64e15;

function dateOf(wall: number): string {
  return new Date(Math.max(-MOST, Math.min(MOST, wall))).toISOString();
}
