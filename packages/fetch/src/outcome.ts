import {
  classifyNetworkError,
  classifyStatus,
  isCircuitOpen,
  type Outcome,
  parseRetryAfter,
  type Ruling,
} from '@switchgear/core';
import { isBreakerResponse } from './refusal.ts';

/** How a request ended, before anybody has judged it. */
export type FetchEnding = { readonly value: Response } | { readonly error: unknown };

/** Judges an ending. `undefined` leaves it to {@link classifyFetch}, so a classifier need only name its exceptions. */
export type ClassifyFetch = (ending: FetchEnding) => Outcome | Ruling | undefined;

/**
 * The default's word on how a request ended. A response is judged by its status, since `fetch` resolves with a 503 too; an
 * error is a failure, unless the caller, this machine, a lost connection of its own or a breaker further down ended the call.
 */
export function classifyFetch(ending: FetchEnding): Ruling {
  // A breaker further down refused: this service was never asked.
  const refused = 'value' in ending ? isBreakerResponse(ending.value) : isCircuitOpen(ending.error);
  if (refused) return { outcome: 'ignored', kind: 'EOPENBREAKER' };
  if ('value' in ending) return classifyResponse(ending.value);
  const ruling = classifyNetworkError(ending.error);
  return ruling.outcome === 'failure' && isOffline() ? { outcome: 'ignored', kind: 'offline' } : ruling;
}

function classifyResponse(response: Response): Ruling {
  // Somebody's mock may have none of these.
  const { status, type, headers } = Object(response) as Partial<Response>;
  if (type === 'error') return { outcome: 'failure', kind: 'network' };
  // Answers that the browser keeps from us. There was one, so the service lives.
  if (type === 'opaque' || type === 'opaqueredirect') return { outcome: 'success' };
  if (status === 0) return { outcome: 'ignored', kind: '0' };
  return classifyStatus(status ?? 200, parseRetryAfter(headers?.get?.('retry-after'), Date.now()));
}

/** A browser that knows itself offline. The other answer means nothing, and most runtimes give none. */
function isOffline(): boolean {
  return globalThis.navigator?.onLine === false;
}
