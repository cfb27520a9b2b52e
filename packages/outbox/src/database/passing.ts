import { setTimeout as delay } from 'node:timers/promises';
import { findBehind, readText } from '@switchgear/core/adapter';

/** How often something is tried that fails for a passing reason, and for how long, in milliseconds. */
const MOST_TRIES = 10;
const LONGEST = 10_000;
const FIRST_WAIT = 20;
const LONGEST_WAIT = 1_000;

const SQLSTATE = /^[0-9A-Z]{5}$/;

/** Serialization failure and deadlock: the transaction lost a race, and nothing of it is there. */
const LOST_RACE = /^(40001|40P01)$/;

/** The connection broke or is refused, the server shuts down, starts or has no room, a lock was not to be had. */
const NOT_NOW = /^(08|40|53|55P03|57)/;

/** Whether a transaction has to be run again because it lost against another. */
export function lostRace(error: unknown): boolean {
  return findBehind(error, (link) => LOST_RACE.test(readText(link, 'code') ?? '')) !== undefined;
}

/**
 * Whether a statement of ours may succeed when it is sent again. What the server says of the statement itself will not
 * change; all that is not an answer of the server is about the connection.
 */
export function isPassing(error: unknown): boolean {
  if (lostRace(error)) return true;
  // Time enough has passed.
  if (readText(error, 'name') === 'TimeoutError') return false;
  const code = readText(error, 'code') ?? '';
  return !SQLSTATE.test(code) || NOT_NOW.test(code);
}

/** Whether the connection can be used after this error: it is the server's answer to a statement, and no farewell. */
export function keepsConnection(error: unknown): boolean {
  return readText(error, 'severity') === 'ERROR' && SQLSTATE.test(readText(error, 'code') ?? '');
}

/** Runs the work again while what it fails with is passing: ten times at most, which is some three seconds of waiting. */
export async function untilItPasses<T>(work: () => Promise<T>, passes: (error: unknown) => boolean): Promise<T> {
  const began = performance.now();
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (tries >= MOST_TRIES || performance.now() - began > LONGEST || !passes(error)) throw error;
    }
    // At times of their own, or those that raced would race again.
    await delay(Math.min(FIRST_WAIT * 2 ** (tries - 1), LONGEST_WAIT) * (0.5 + Math.random() / 2));
  }
}
