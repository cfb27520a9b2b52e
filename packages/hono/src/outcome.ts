import type { Millis, Outcome, Ruling } from '@switchgear/core';
import {
  classifyHttp,
  classifyNetworkError,
  classifyStatus,
  findBehind,
  parseRetryAfter,
  read,
  rulingBrought,
} from '@switchgear/core/adapter';
import type { Context } from 'hono';

/**
 * How a route ended: with an answer, or with a thrown value that is not an `Error`, which Hono does not catch. An `Error`
 * that `onError` has answered is `context.error`.
 */
export type HonoEnding =
  | { readonly value: Response; readonly context: Context }
  | { readonly error: unknown; readonly context: Context };

/** How a call to an upstream ended. */
export type UpstreamEnding = { readonly value: Response } | { readonly error: unknown };

/** Classifies how a route ended. Return `undefined` to keep the ruling of {@link classifyHono}. */
export type ClassifyHono = (ending: HonoEnding) => Outcome | Ruling | undefined;

/** Classifies how a call to an upstream ended. Return `undefined` to keep the ruling of {@link classifyUpstream}. */
export type ClassifyUpstream = (ending: UpstreamEnding) => Outcome | Ruling | undefined;

/** The current time, in milliseconds since 1970. */
type Wall = () => Millis;

/** A breaker further down refused, so the service behind this route was not called. */
const REFUSED: Ruling = { outcome: 'ignored', kind: 'EOPENBREAKER' };

/**
 * The default classification of a route. The status that the client gets decides, whatever was thrown on the way.
 *
 * @param wall tells the time, in milliseconds since 1970, for a Retry-After that is a date; default `Date.now`
 */
export function classifyHono(ending: HonoEnding, wall: () => Millis = Date.now): Ruling {
  if ('error' in ending) return ignoredBy(ending.error) ?? { outcome: 'failure', kind: 'thrown' };
  const { value, context } = ending;
  const ignored = ignoredBy(context.error);
  if (ignored) return ignored;
  const ruling = rulingOfResponse(value, wall);
  const refused = ruling.outcome !== 'success' && headerOf(value, 'x-circuit-breaker') === 'open';
  return refused ? REFUSED : ruling;
}

/** The ruling of an error that excuses the service: a refusal further down, a full bulkhead. */
function ignoredBy(error: unknown): Ruling | undefined {
  const brought = error === undefined ? undefined : rulingBrought(error);
  return brought?.outcome === 'ignored' ? brought : undefined;
}

/**
 * As {@link classifyHono}, but an error counts even if `onError` turned it into a good answer. An `HTTPException` counts by
 * its own status.
 */
export function classifyWithErrors(ending: HonoEnding, wall: Wall): Ruling {
  const ruling = classifyHono(ending, wall);
  const { error } = ending.context;
  if (ruling.outcome !== 'success' || error === undefined) return ruling;
  const status = read(error, 'status');
  return typeof status === 'number' ? classifyStatus(status) : { outcome: 'failure', kind: 'thrown' };
}

/** Whether a route did its work, so that a client who has left meanwhile is no reason to ignore the ending. */
export function routeSucceeded(ending: HonoEnding): boolean {
  return 'value' in ending && (statusOf(ending.value) ?? 200) < 500 && ending.context.error === undefined;
}

/**
 * The default classification of a call to an upstream. An answer counts by its status; an error is a failure, unless this
 * machine or a breaker further down ended the call. An error that a Worker throws through a binding is always that Worker's
 * failure, and `createBreaker({ classify: classifyUpstream })` applies this to RPC too.
 *
 * @param wall tells the time, in milliseconds since 1970, for a Retry-After that is a date; default `Date.now`
 * @param trust whether to believe the upstream's headers about overload; by default they are believed
 */
export function classifyUpstream(
  ending: { readonly value: unknown } | { readonly error: unknown },
  wall: () => Millis = Date.now,
  trust: boolean = true,
): Ruling {
  if ('value' in ending) {
    return classifyHttp(read(ending.value, 'headers'), statusOf(ending.value) ?? 200, wall, trust);
  }
  const { error } = ending;
  const brought = rulingBrought(error);
  if (brought) return brought;
  const mark = bindingMarkOf(findBehind(error, (link) => bindingMarkOf(link) !== undefined));
  return mark ? { outcome: 'failure', kind: mark } : classifyNetworkError(error, wall());
}

/** Whether a call was answered, so that a client who has left meanwhile is no reason to ignore the ending. */
export function callSucceeded(ending: UpstreamEnding): boolean {
  return 'value' in ending;
}

/**
 * How Workers mark an error that came through a binding: `overloaded`, a Durable Object has too much to do; `retryable`, the
 * platform lost the call; `remote`, the code of the other Worker threw.
 */
function bindingMarkOf(error: unknown): 'overloaded' | 'retryable' | 'remote' | undefined {
  return (['overloaded', 'retryable', 'remote'] as const).find((mark) => read(error, mark) === true);
}

/** A handler may return anything: without a status it counts as a 200. */
function rulingOfResponse(response: unknown, wall: Wall): Ruling {
  const status = statusOf(response) ?? 200;
  const ruling = classifyStatus(status);
  // Headers are read last because some hosts build them on first access.
  if (ruling.outcome === 'success') return ruling;
  return classifyStatus(status, parseRetryAfter(headerOf(response, 'retry-after'), wall()));
}

function statusOf(response: unknown): number | undefined {
  const status = read(response, 'status');
  return typeof status === 'number' ? status : undefined;
}

function headerOf(response: unknown, name: string): unknown {
  try {
    return (response as Partial<Response>).headers?.get?.(name);
  } catch {
    return undefined;
  }
}
