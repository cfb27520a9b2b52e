import type { Outcome, Ruling } from '@switchgear/core';
import { classifyNetworkError, classifyStatus, parseRetryAfter, read } from '@switchgear/core/adapter';
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
  if ('value' in ending) return classifyResponse(ending.value);
  const ruling = classifyNetworkError(ending.error, Date.now());
  return ruling.outcome === 'failure' && isOffline() ? { outcome: 'ignored', kind: 'offline' } : ruling;
}

function classifyResponse(response: Response): Ruling {
  // A breaker further down refused: this service was never asked.
  if (isBreakerResponse(response)) return { outcome: 'ignored', kind: 'EOPENBREAKER' };
  // A mock may have none of these.
  const type = read(response, 'type');
  if (type === 'error') return { outcome: 'failure', kind: 'network' };
  // Answers that the browser keeps from us. There was one, so the service lives.
  if (type === 'opaque' || type === 'opaqueredirect') return { outcome: 'success' };
  const status = read(response, 'status') ?? 200;
  if (status === 0) return { outcome: 'ignored', kind: '0' };
  return classifyStatus(Number(status), parseRetryAfter(retryAfterOf(read(response, 'headers')), Date.now()));
}

function retryAfterOf(headers: unknown): unknown {
  return typeof read(headers, 'get') === 'function' ? (headers as Headers).get('retry-after') : undefined;
}

/** A browser that knows itself offline. The other answer means nothing, and most runtimes give none. */
function isOffline(): boolean {
  return globalThis.navigator?.onLine === false;
}
