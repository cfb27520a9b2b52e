import type { Call } from './call.ts';

/** Browsers let all bodies with `keepalive` together have so many bytes, and call one more a network error. */
const KEEPALIVE_BYTES = 65_536;

/**
 * Whether a call failed because the platform makes no such request: a header's name with a space in it, a GET with a body.
 * Asked only after a failure, since it costs as much as a small fetch, and then the platform itself is asked: engines word
 * such errors in many ways, and give a `TypeError` for a lost network as well.
 */
export function isOwnMistake(error: unknown, { url, method }: Call, init: RequestInit | null | undefined): boolean {
  const { name, code, cause } = Object(error) as { name?: unknown; code?: unknown; cause?: unknown };
  // What came from the network has a code or a cause, where runtimes give any.
  if (name !== 'TypeError' || code !== undefined || cause !== undefined) return false;
  if (init?.keepalive && sizeOf(init.body) > KEEPALIVE_BYTES) return true;
  try {
    // Of the body only that there is one; without the signal, which the request would follow for good.
    new Request(url, { method, ...init, signal: null, body: standIn(init?.body) });
    return false;
  } catch (refusal) {
    return refusal instanceof TypeError;
  }
}

function standIn(body: RequestInit['body'] | undefined): ReadableStream | string | null {
  if (body === null || body === undefined) return null;
  // A stream has rules of its own.
  return typeof ReadableStream === 'function' && body instanceof ReadableStream ? new ReadableStream() : '';
}

function sizeOf(body: unknown): number {
  if (typeof body === 'string') return body.length;
  const { size, byteLength } = Object(body) as { size?: unknown; byteLength?: unknown };
  return typeof size === 'number' ? size : typeof byteLength === 'number' ? byteLength : 0;
}
