import { isObject, read, readText } from '@switchgear/core/adapter';
import { type Call, isStream } from './call.ts';

/** Browsers let all bodies with `keepalive` together have so many bytes, and call one more a network error. */
const KEEPALIVE_BYTES = 65_536;

/** All that Deno says of a port that fetch forbids. */
const FORBIDDEN_PORT = /\bport \d+ are blocked$/;

/** How engines say that a body has been read, or is being read, by another. */
const SPENT = /\b(?:locked|disturbed|unusable|already (?:been )?(?:used|read))\b/i;

/** Whether an error is a `TypeError` and nothing else. What came from the network has a code or a cause, where runtimes give any. */
export function isBareTypeError(error: unknown): boolean {
  return (
    readText(error, 'name') === 'TypeError' && read(error, 'code') === undefined && read(error, 'cause') === undefined
  );
}

/**
 * Whether a call failed because the platform makes no such request: a header's name with a space in it, a GET with a body.
 * Asked only after a failure, since it costs as much as a small fetch, and then the platform itself is asked: engines word
 * such errors in many ways, and give a `TypeError` for a lost network as well.
 */
export function isOwnMistake(error: unknown, { url, method }: Call, args: Parameters<typeof fetch>): boolean {
  const [input, init] = args as unknown as readonly [input: unknown, init: unknown];
  if (readText(error, 'name') !== 'TypeError') return thrownByGetter(error, init);
  if (!isBareTypeError(error)) return false;
  const words = readText(error, 'message') ?? '';
  if (FORBIDDEN_PORT.test(words)) return true;
  try {
    const { body, signal } = Object(init);
    if (SPENT.test(words) && (isObject(input) || isObject(body))) return true;
    if (isTooLongToKeep(input, init)) return true;
    // A signal of the platform's is none of its mistakes, and the request would follow it for good.
    const checked = typeof signal === 'object' && signal instanceof AbortSignal ? null : signal;
    // Of the body only that there is one.
    const asked = isObjectLike(init) ? { method, ...init, signal: checked, body: standIn(body) } : init;
    new Request(url, asked as RequestInit);
    return false;
  } catch (refusal) {
    return read(refusal, 'name') === 'TypeError' || refusal === error;
  }
}

/** Whether the error is one of the program's own, which reading its options throws. */
function thrownByGetter(error: unknown, init: unknown): boolean {
  try {
    for (const name of Object.keys(Object(init))) void (init as Readonly<Record<string, unknown>>)[name];
    return false;
  } catch (thrown) {
    return thrown === error;
  }
}

/** Whether a body may have been too long for `keepalive`. One that does not tell its length gets the benefit of the doubt. */
function isTooLongToKeep(input: unknown, init: unknown): boolean {
  if (!(read(init, 'keepalive') ?? read(input, 'keepalive'))) return false;
  const body = read(init, 'body') ?? read(input, 'body');
  return body !== undefined && body !== null && sizeOf(body) > KEEPALIVE_BYTES;
}

function standIn(body: unknown): unknown {
  if (body === null || body === undefined) return null;
  // A stream has rules of its own.
  return isStream(body) ? new ReadableStream() : typeof body === 'symbol' ? body : 'x';
}

function sizeOf(body: unknown): number {
  if (typeof body === 'string' || body instanceof URLSearchParams) return new TextEncoder().encode(`${body}`).length;
  return Number(read(body, 'size') ?? read(body, 'byteLength') ?? Number.POSITIVE_INFINITY);
}

function isObjectLike(init: unknown): init is object | null | undefined {
  return init === null || init === undefined || typeof init === 'object' || typeof init === 'function';
}
