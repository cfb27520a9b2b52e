import type { Millis } from '@switchgear/core';
import { refuse } from '@switchgear/core/adapter';

/** The longest wait that timers of all runtimes know: 24.8 days. They take a longer one for none at all. */
export const LONGEST_WAIT: Millis = 2_147_483_647;

/** A length of time that is longer than nothing and that a timer can wait for, in milliseconds. */
export function requireMillis(option: string, value: unknown): void {
  if (!((value as number) > 0 && (value as number) <= LONGEST_WAIT && typeof value === 'number'))
    refuse(option, `a number of milliseconds greater than 0 and at most ${LONGEST_WAIT}`, value, '2_000 for 2 s');
}

/** A time limit that may be left out. */
export function requireLimit(limit: unknown): void {
  if (limit !== undefined) requireMillis('limit', limit);
}

/** More than nothing; it may be endless. */
export function requirePositive(option: string, value: unknown): void {
  if (!(typeof value === 'number' && value > 0))
    refuse(option, 'a number greater than 0', value, '60_000 for a minute');
}

/** An object with a method of that name: a breaker is known by `run`, a store by `get`. */
export function requireMethod(option: string, value: unknown, method: string, rule: string, example?: string): void {
  if (typeof (Object(value) as Record<string, unknown>)[method] !== 'function') refuse(option, rule, value, example);
}

/** An example of a breaker, for messages. */
export const BREAKER = "createBreaker({ name: 'payments' })";
