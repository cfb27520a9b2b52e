import type { AbortState } from '@switchgear/core';
import { read, reasonOf } from '@switchgear/core/adapter';
import { isStream } from './body.ts';

/**
 * A function that fetches: the platform's, or another that is called like it. Spelt without the names of the DOM, so that it
 * means what `fetch` means wherever it is compiled.
 */
export type FetchFunction = (...args: Parameters<typeof fetch>) => Promise<Response>;

/** What is known of a request before it is made, to choose its breaker by. */
export interface FetchTarget {
  /** Absolute. */
  readonly url: string;

  /** In capitals. */
  readonly method: string;
}

/** A call that goes to a service: where to, and the signal that may end it. */
export interface Call extends FetchTarget {
  readonly signal: AbortState | undefined;
}

/** The fields we read in `fetch`'s second argument, and in a `Request` given as its first. */
type Init = { readonly [Name in 'method' | 'signal' | 'body' | 'bodyUsed' | 'url']?: unknown };

/**
 * What `fetch` would make of its arguments, or `undefined` if no service would be asked: the address does not parse or
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
  // As in fetch, `null` in the second argument takes the request's own signal away.
  const signal = (init.signal === undefined ? request.signal : init.signal) as AbortState | null | undefined;
  const method = String(init.method ?? request.method ?? 'GET').toUpperCase();
  return { url: url.href, method, signal: signal ?? undefined };
}

/** The body in `fetch`'s second argument. A getter is left alone, because it may make a new body each time. */
export function givenBody(init: unknown): unknown {
  return typeof init === 'object' && init !== null ? Object.getOwnPropertyDescriptor(init, 'body')?.value : undefined;
}

/**
 * Refuses a call whose signal fired before it began, with the signal's reason. The stream it was to send is cancelled, as
 * platforms do.
 *
 * @throws the reason of the signal
 */
export function refuseFired(signal: unknown, init: unknown): void {
  if (!read(signal, 'aborted')) return;
  const thrown = reasonOf(signal);
  const body = givenBody(init);
  if (isStream(body)) body.cancel(thrown).catch(() => undefined);
  throw thrown;
}

/** Whether a platform refuses to read this stream, because it has been read before. */
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
