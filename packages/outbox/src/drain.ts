import { findCircuitOpen } from '@switchgear/core';
import { attempt } from './attempt.ts';
import type { Message } from './message.ts';
import type { Settings } from './options.ts';
import type { Queue } from './queue.ts';

/** Milliseconds to rest after a failure; also the longest rest, for a customer's probe may close a circuit sooner than it said. */
const LONGEST_REST = 1_000;

/** The shortest rest after a refusal. */
const SHORTEST_REST = 50;

/** One round of draining: what it found, and what to do next. */
export interface Round {
  /** How many messages it tried. */
  readonly tried: number;

  /** How many to claim in the next round. */
  readonly next: number;

  /** Milliseconds to wait before it, whatever comes in. */
  readonly rest: number;
}

/**
 * Tries the messages that are due, up to `limit` at once.
 *
 * The pace is the breaker's: after a refusal it rests as the circuit says and goes on with a single message, and each
 * round that goes well doubles the next.
 */
export async function drainRound<Payload>(
  queue: Queue<Payload>,
  settings: Settings<Payload>,
  limit: number,
): Promise<Round> {
  let due: readonly Message<Payload>[];
  try {
    due = await queue.claim(limit);
  } catch (error) {
    settings.onError(error);
    return { tried: 0, next: 1, rest: restAfter(error) };
  }
  const endings = await Promise.all(due.map((message) => attempt(message, queue, settings)));
  const rests = endings.flatMap((ending) => (ending.delivered || ending.isPoison ? [] : [restAfter(ending.error)]));
  const tried = due.length;
  if (rests.length > 0) return { tried, next: 1, rest: Math.max(...rests) };
  return { tried, next: Math.min(limit * 2, settings.concurrent), rest: 0 };
}

function restAfter(error: unknown): number {
  const retryAfter = findCircuitOpen(error)?.retryAfter ?? LONGEST_REST;
  return Math.min(Math.max(SHORTEST_REST, retryAfter), LONGEST_REST);
}
