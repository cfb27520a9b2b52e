import { setTimeout as delay } from 'node:timers/promises';
import { findBehind, readText } from '@switchgear/core/adapter';

/** How often, and for how many milliseconds, work that fails for a transient reason is tried. */
const MOST_TRIES = 10;
const LONGEST = 10_000;
const FIRST_WAIT = 20;
const LONGEST_WAIT = 1_000;

const SQLSTATE = /^[0-9A-Z]{5}$/;

/** Serialization failure and deadlock: the transaction conflicted with another and was rolled back. */
const CONFLICT = /^(40001|40P01)$/;

/** The connection broke or was refused, the server is starting, stopping or full, or a lock was not available. */
const NOT_NOW = /^(08|40|53|55P03|57)/;

/** Whether a transaction was rolled back because it conflicted with another, and so must be run again. */
export function isConflict(error: unknown): boolean {
  return findBehind(error, (link) => CONFLICT.test(readText(link, 'code') ?? '')) !== undefined;
}

/**
 * Whether a statement of ours may succeed if it is sent again. What the server says about the statement itself will not
 * change; every error that is not an answer of the server is about the connection.
 */
export function isTransient(error: unknown): boolean {
  if (isConflict(error)) return true;
  // A statement that timed out has taken long enough.
  if (readText(error, 'name') === 'TimeoutError') return false;
  const code = readText(error, 'code') ?? '';
  return !SQLSTATE.test(code) || NOT_NOW.test(code);
}

/** Whether the connection can be used after this error: the server answered a statement and did not close the session. */
export function leavesConnectionUsable(error: unknown): boolean {
  return readText(error, 'severity') === 'ERROR' && SQLSTATE.test(readText(error, 'code') ?? '');
}

/** Repeats the work while it fails with such an error: at most ten times, with about three seconds of waiting in all. */
export async function retryWhile<T>(work: () => Promise<T>, isRetryable: (error: unknown) => boolean): Promise<T> {
  const began = performance.now();
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (tries >= MOST_TRIES || performance.now() - began > LONGEST || !isRetryable(error)) throw error;
    }
    // The waits are random, because transactions that conflicted would conflict again after equal ones.
    await delay(Math.min(FIRST_WAIT * 2 ** (tries - 1), LONGEST_WAIT) * (0.5 + Math.random() / 2));
  }
}
