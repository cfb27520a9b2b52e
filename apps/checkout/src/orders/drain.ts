import { setTimeout as delay } from 'node:timers/promises';
import { findCircuitOpen } from '@switchgear/axios';
import { attemptCharge } from './attempt.ts';
import type { Shop } from './checkout.ts';
import type { Payment } from './outbox.ts';

/** How many payments are tried at a time once things go well. Not more, so that a service just back is not knocked over again. */
const MOST = 16;

/** Milliseconds between two looks at an empty outbox; also the shortest rest. */
const POLL = 200;

/** Milliseconds to rest after a failure; also the longest rest, because a customer's probe may close a circuit sooner than it said. */
const LONGEST_REST = 1_000;

/** One round of draining: what it found, and what to do next. */
export interface Round {
  /** How many payments to claim in the next round. */
  readonly next: number;

  /** Milliseconds to wait before it. */
  readonly rest: number;
}

/**
 * Tries the payments that are due, up to `limit` at once.
 *
 * The pace is the breaker's: after a refusal it rests as the circuit says and goes on with a single payment, and each round
 * that goes well doubles the next.
 */
export async function drainOnce(shop: Pick<Shop, 'outbox' | 'charge'>, limit: number): Promise<Round> {
  let due: readonly Payment[];
  try {
    due = await shop.outbox.claim(limit);
  } catch (error) {
    return { next: 1, rest: restAfter(error) };
  }
  const attempts = await Promise.all(due.map((payment) => attemptCharge(payment, shop.charge, shop.outbox)));
  const rests = attempts.flatMap((attempt) => (attempt.paid ? [] : [restAfter(attempt.error)]));
  if (rests.length > 0) return { next: 1, rest: Math.max(...rests) };
  return { next: Math.min(limit * 2, MOST), rest: due.length === 0 ? POLL : 0 };
}

/** Drains until the signal aborts. */
export async function drainUntil(signal: AbortSignal, shop: Pick<Shop, 'outbox' | 'charge'>): Promise<void> {
  let next = 1;
  while (!signal.aborted) {
    const round = await drainOnce(shop, next);
    next = round.next;
    if (round.rest > 0) await delay(round.rest, undefined, { signal }).catch(() => undefined);
  }
}

function restAfter(error: unknown): number {
  const retryAfter = findCircuitOpen(error)?.retryAfter ?? LONGEST_REST;
  return Math.min(Math.max(POLL, retryAfter), LONGEST_REST);
}
