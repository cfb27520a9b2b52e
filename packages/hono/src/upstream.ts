import type { Outcome, Ruling } from '@switchgear/core';
import {
  classifyNetworkError,
  classifyStatus,
  findBehind,
  parseRetryAfter,
  read,
  rulingBrought,
} from '@switchgear/core/adapter';

/** How a call to an upstream ended, before anybody has judged it. */
export type UpstreamEnding = { readonly value: Response } | { readonly error: unknown };

/** Judges an ending. `undefined` leaves it to {@link classifyUpstream}, so a classifier need only name its exceptions. */
export type ClassifyUpstream = (ending: UpstreamEnding) => Outcome | Ruling | undefined;

/**
 * The default's word on how a call to an upstream ended: an answer is judged by its status, an error is a failure, unless
 * this machine or a breaker further down ended the call. What a Worker throws through a binding is its failure, whatever the
 * error looks like; `createBreaker({ classify: classifyUpstream })` knows this of RPC too.
 */
export function classifyUpstream(ending: { readonly value: unknown } | { readonly error: unknown }): Ruling {
  if ('value' in ending) return rulingOfAnswer(ending.value);
  const { error } = ending;
  const brought = rulingBrought(error);
  if (brought) return brought;
  const mark = markOf(findBehind(error, (link) => markOf(link) !== undefined));
  return mark ? { outcome: 'failure', kind: mark } : classifyNetworkError(error);
}

/**
 * What Workers write on an error that came through a binding: `overloaded`, a Durable Object has more to do than it can;
 * `retryable`, the platform lost the call; `remote`, the other side's code threw.
 */
function markOf(error: unknown): 'overloaded' | 'retryable' | 'remote' | undefined {
  return (['overloaded', 'retryable', 'remote'] as const).find((mark) => read(error, mark) === true);
}

/** What an answer says of whoever gave it. Nothing keeps a handler from giving what is no response. */
export function rulingOfAnswer(response: unknown): Ruling {
  const status = statusOf(response) ?? 200;
  const ruling = classifyStatus(status);
  // Headers last: some hosts make them only for who asks.
  if (ruling.outcome === 'success') return ruling;
  return classifyStatus(status, parseRetryAfter(headerOf(response, 'retry-after'), Date.now()));
}

/** The status of what may be no response. */
export function statusOf(response: unknown): number | undefined {
  const status = read(response, 'status');
  return typeof status === 'number' ? status : undefined;
}

/** A header of what may be no response. */
export function headerOf(response: unknown, name: string): unknown {
  try {
    return (response as Partial<Response>).headers?.get?.(name);
  } catch {
    return undefined;
  }
}
