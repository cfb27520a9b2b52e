import type { Millis } from '@switchgear/core';
import { invalid } from '@switchgear/core/adapter';

/** The longest delay that timers support on all runtimes: 24.8 days. A longer one fires at once. */
export const LONGEST_WAIT: Millis = 2_147_483_647;

/** Requires a number of milliseconds that is greater than 0 and that a timer supports. */
export function requireDelay(option: string, value: unknown): void {
  if (!((value as number) > 0 && (value as number) <= LONGEST_WAIT && typeof value === 'number'))
    invalid(option, `a number of milliseconds greater than 0 and at most ${LONGEST_WAIT}`, value, '2_000 for 2 s');
}

/** Requires a valid time limit if one is given. */
export function requireLimit(limit: unknown): void {
  if (limit !== undefined) requireDelay('limit', limit);
}

/** Requires a number greater than 0; `Infinity` is allowed. */
export function requirePositive(option: string, value: unknown): void {
  if (!(typeof value === 'number' && value > 0))
    invalid(option, 'a number greater than 0', value, '60_000 for a minute');
}

/** Requires an object with this method: a breaker is recognized by `acquire`, a store by `get`. */
export function requireMethod(option: string, value: unknown, method: string, rule: string, example?: string): void {
  if (typeof (Object(value) as Record<string, unknown>)[method] !== 'function') invalid(option, rule, value, example);
}

/** A breaker as an example in messages. */
export const BREAKER = "createBreaker({ name: 'payments' })";
