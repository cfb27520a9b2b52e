import type { Call } from './call.ts';

/** Browsers let all bodies with `keepalive` together have so many bytes, and call one more a network error. */
const KEEPALIVE_BYTES = 65_536;

/** All that Deno says of a port that fetch forbids. */
const FORBIDDEN_PORT = /\bport \d+ are blocked$/;

/** Of what a call was given, what says whether the platform could make it. */
type Given = { readonly [Name in 'body' | 'keepalive']?: unknown };

/**
 * Whether a call failed because the platform makes no such request: a header's name with a space in it, a GET with a body.
 * Asked only after a failure, since it costs as much as a small fetch, and then the platform itself is asked: engines word
 * such errors in many ways, and give a `TypeError` for a lost network as well.
 */
export function isOwnMistake(error: unknown, { url, method }: Call, args: Parameters<typeof fetch>): boolean {
  const { name, code, cause, message } = Object(error) as Partial<
    Record<'name' | 'code' | 'cause' | 'message', unknown>
  >;
  // What came from the network has a code or a cause, where runtimes give any.
  if (name !== 'TypeError' || code !== undefined || cause !== undefined) return false;
  const [input, init] = args;
  if (FORBIDDEN_PORT.test(String(message)) || isTooLongToKeep(input as Given, init ?? {})) return true;
  try {
    // Of the body only that there is one; without the signal, which the request would follow for good.
    new Request(url, { method, ...init, signal: null, body: standIn(init?.body) });
    return false;
  } catch (refusal) {
    return refusal instanceof TypeError;
  }
}

/** Whether a body may have been too long for `keepalive`. One that does not tell its length gets the benefit of the doubt. */
function isTooLongToKeep(input: Given, init: Given): boolean {
  if (!(init.keepalive ?? input.keepalive)) return false;
  const body = init.body ?? input.body;
  return body !== undefined && body !== null && sizeOf(body) > KEEPALIVE_BYTES;
}

function standIn(body: RequestInit['body'] | undefined): ReadableStream | string | null {
  if (body === null || body === undefined) return null;
  // A stream has rules of its own.
  return typeof ReadableStream === 'function' && body instanceof ReadableStream ? new ReadableStream() : 'x';
}

function sizeOf(body: unknown): number {
  if (typeof body === 'string' || body instanceof URLSearchParams) return new TextEncoder().encode(`${body}`).length;
  const { size, byteLength } = Object(body) as { size?: unknown; byteLength?: unknown };
  return Number(size ?? byteLength ?? Number.POSITIVE_INFINITY);
}
