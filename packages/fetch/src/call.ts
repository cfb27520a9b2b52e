import type { AbortState } from '@switchgear/core';

/** What is known of a request before it is made, to choose its breaker by. */
export interface FetchTarget {
  /** Absolute. */
  readonly url: string;

  /** In capitals. */
  readonly method: string;
}

/** A call that goes to a service: where, and whose signal may end it. */
export interface Call extends FetchTarget {
  readonly signal: AbortState | undefined;
}

/** What we look at in `fetch`'s second argument, and in a `Request` given as its first. */
type Init = { readonly [Name in 'method' | 'signal' | 'body' | 'bodyUsed' | 'url']?: unknown };

/**
 * What `fetch` would make of its arguments, or `undefined` when no service would be asked: the address does not parse or
 * leads nowhere (`data:`, `blob:`), the body has been used or is locked by another reader. Nothing that can be read only once
 * is read.
 *
 * @param base what relative addresses are relative to
 */
export function callOf(args: Parameters<typeof fetch>, base: string | URL | undefined): Call | undefined {
  const [input, given] = args as unknown as readonly [input: unknown, given: Init | null | undefined];
  const request: Init = typeof input === 'object' && input !== null && 'url' in input ? input : {};
  const init: Init = given ?? {};
  const url = parse(request.url ?? input, base);
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') return undefined;
  if (request.bodyUsed === true && (init.body ?? undefined) === undefined) return undefined;
  if (isSpent(givenBody(init))) return undefined;
  // As fetch has it: `null` in the second argument takes the request's own signal away.
  const signal = (init.signal === undefined ? request.signal : init.signal) as AbortState | null | undefined;
  const method = String(init.method ?? request.method ?? 'GET').toUpperCase();
  return { url: url.href, method, signal: signal ?? undefined };
}

/** The body in `fetch`'s second argument. A getter is left alone: it may make a new one each time. */
export function givenBody(init: unknown): unknown {
  return typeof init === 'object' && init !== null ? Object.getOwnPropertyDescriptor(init, 'body')?.value : undefined;
}

/** Whether a value is a stream of the platform's. Some platforms have none. */
export function isStream(value: unknown): value is ReadableStream {
  return typeof ReadableStream === 'function' && value instanceof ReadableStream;
}

/** Whether a platform refuses to read this stream, because another has begun to. */
function isSpent(body: unknown): boolean {
  if (!isStream(body)) return false;
  if (body.locked) return true;
  try {
    new Response(body);
    return false;
  } catch {
    return true;
  }
}

function parse(address: unknown, base: string | URL | undefined): URL | undefined {
  try {
    return new URL(String(address), base);
  } catch {
    return undefined;
  }
}
