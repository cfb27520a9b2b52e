import type { Outcome, Ruling } from '@switchgear/core';
import { classifyHttp, classifyNetworkError, isObject, read, readText } from '@switchgear/core/adapter';
import { isStream } from './body.ts';
import type { Call } from './call.ts';
import { isBreakerResponse } from './refusal.ts';

/** How a request ended, before it is classified. */
export type FetchEnding = { readonly value: Response } | { readonly error: unknown };

/** Classifies an ending; return `undefined` to keep the ruling of {@link classifyFetch}. */
export type ClassifyFetch = (ending: FetchEnding) => Outcome | Ruling | undefined;

/**
 * The default ruling on how a request ended. A response counts by its status, because `fetch` resolves with a 503 too; an
 * error is a failure, unless the caller, this machine, a lost connection of its own or a breaker further down ended the call.
 *
 * @param wall tells the time, in milliseconds since 1970, for a Retry-After that is a date; `Date.now` by default
 * @param trust whether to believe the server's headers about overload; by default they are believed
 */
export function classifyFetch(ending: FetchEnding, wall: () => number = Date.now, trust: boolean = true): Ruling {
  if ('value' in ending) return rulingOfResponse(ending.value, wall, trust);
  const ruling = classifyNetworkError(ending.error, wall());
  return ruling.outcome === 'failure' && isOffline() ? { outcome: 'ignored', kind: 'offline' } : ruling;
}

function rulingOfResponse(response: Response, wall: () => number, trust: boolean): Ruling {
  // A breaker further down refused, so this service was never asked.
  if (isBreakerResponse(response)) return { outcome: 'ignored', kind: 'EOPENBREAKER' };
  // A mock may have none of these fields.
  const type = read(response, 'type');
  if (type === 'error') return { outcome: 'failure', kind: 'network' };
  // The browser hides these responses from the page, but the service did respond.
  if (type === 'opaque' || type === 'opaqueredirect') return { outcome: 'success' };
  const status = read(response, 'status') ?? 200;
  return status === 0
    ? { outcome: 'ignored', kind: '0' }
    : classifyHttp(read(response, 'headers'), Number(status), wall, trust);
}

/** Whether the browser reports that it is offline. An `onLine` of true proves nothing, and most runtimes have no such flag. */
function isOffline(): boolean {
  return globalThis.navigator?.onLine === false;
}

/** The limit of browsers for all bodies with `keepalive` together, in bytes. A larger one is reported as a network error. */
const KEEPALIVE_BYTES = 65_536;

/** All that Deno says of a port that fetch forbids. */
const FORBIDDEN_PORT = /\bport \d+ are blocked$/;

/** How engines say that a body has been read before, or is being read. */
const SPENT = /\b(?:locked|disturbed|unusable|already (?:been )?(?:used|read))\b/i;

/** Whether an error is a `TypeError` and nothing else. An error from the network has a code or a cause, where runtimes give any. */
export function isBareTypeError(error: unknown): boolean {
  return (
    readText(error, 'name') === 'TypeError' && read(error, 'code') === undefined && read(error, 'cause') === undefined
  );
}

/**
 * Whether a call failed because the platform makes no such request: a space in a header's name, a GET with a body. Checked
 * only after a failure, because it costs as much as a small fetch, and by building the request again, because engines word
 * such errors in many ways and reject with a `TypeError` for a lost network as well.
 */
export function isOwnMistake(error: unknown, { url, method }: Call, args: Parameters<typeof fetch>): boolean {
  const [input, init] = args as unknown as readonly [input: unknown, init: unknown];
  if (readText(error, 'name') !== 'TypeError') return isThrownByGetter(error, init);
  if (!isBareTypeError(error)) return false;
  const message = readText(error, 'message') ?? '';
  if (FORBIDDEN_PORT.test(message)) return true;
  try {
    const { body, signal } = Object(init);
    if (SPENT.test(message) && (isObject(input) || isObject(body))) return true;
    if (isTooLongToKeep(input, init)) return true;
    // A signal of the platform is valid, and the request would follow it for as long as it lives.
    const checked = typeof signal === 'object' && signal instanceof AbortSignal ? null : signal;
    const isInit = init === null || init === undefined || isObject(init);
    new Request(url, (isInit ? { method, ...init, signal: checked, body: standIn(body) } : init) as RequestInit);
    return false;
  } catch (refusal) {
    return read(refusal, 'name') === 'TypeError' || refusal === error;
  }
}

/** Whether the error comes from a getter in the program's own options. */
function isThrownByGetter(error: unknown, init: unknown): boolean {
  try {
    for (const name of Object.keys(Object(init))) void (init as Readonly<Record<string, unknown>>)[name];
    return false;
  } catch (thrown) {
    return thrown === error;
  }
}

/** Whether a body may have been too long for `keepalive`. A body of unknown length counts as too long. */
function isTooLongToKeep(input: unknown, init: unknown): boolean {
  if (!(read(init, 'keepalive') ?? read(input, 'keepalive'))) return false;
  const body = read(init, 'body') ?? read(input, 'body');
  return body !== undefined && body !== null && sizeOf(body) > KEEPALIVE_BYTES;
}

/** A body of the same kind for the check. Only whether there is one matters, except that streams have rules of their own. */
function standIn(body: unknown): unknown {
  if (body === null || body === undefined) return null;
  return isStream(body) ? new ReadableStream() : typeof body === 'symbol' ? body : 'x';
}

function sizeOf(body: unknown): number {
  if (typeof body === 'string' || body instanceof URLSearchParams) return new TextEncoder().encode(`${body}`).length;
  return Number(read(body, 'size') ?? read(body, 'byteLength') ?? Number.POSITIVE_INFINITY);
}
