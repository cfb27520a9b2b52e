import { classifyNetworkError, isObject, read, readText } from '@switchgear/core/adapter';
import { givenBody, isStream } from './call.ts';
import type { FetchFunction } from './fetch-function.ts';
import { watchedIterable, watchedStream } from './watched-source.ts';

type Args = Parameters<FetchFunction>;

const STATUS = /^\d{3}$/;

/** What a request sends, where it comes from a source that can break by itself: a stream, an iterable, files. */
export interface Upload {
  /** The arguments to send: as they were given, or with a source in the place of the given one that passes it on. */
  readonly args: Args;

  /** Whether the source broke, so that its error ended the call. Some sources have to be asked. */
  hasBroken(error: unknown): boolean | PromiseLike<boolean>;

  /** Asks whether files that were to be sent cannot be read. Nothing where there are none. */
  hasUnreadableFiles?(): Promise<boolean>;
}

/**
 * What a request sends, if its source can break by itself; nothing is read of it here. A given stream or iterable is watched
 * on its way, because most platforms turn its error into one of their own. A `Request` is left as it is, and its stream is
 * asked afterwards.
 *
 * @param isPlatforms whether the platform's own fetch makes the request
 */
export function uploadOf(args: Args, isPlatforms: boolean): Upload | undefined {
  const [input, init] = args;
  const body = givenBody(init);
  if (isStream(body)) return streamed(args, body, watchedStream);
  if (isIterable(body)) return streamed(args, body, watchedIterable);
  const files = filesIn(body);
  if (files) return { args, hasBroken: () => false, hasUnreadableFiles: () => anyUnreadable(files) };
  const hasBodyOfItsOwn = body === undefined && isObject(input) && 'bodyUsed' in input;
  return hasBodyOfItsOwn ? { args, hasBroken: (error) => broke(input, error, isPlatforms) } : undefined;
}

function streamed<Source extends object>(
  [input, init]: Args,
  source: Source,
  watch: (source: Source, broke: () => void) => Source,
): Upload {
  const isPlain = [Object.prototype, null].includes(Object.getPrototypeOf(init));
  if (streamsKnowTheirLength() || !isPlain) return { args: [input, init], hasBroken: isNoErrorOfFetch };
  let broken = false;
  const body = watch(source, () => {
    broken = true;
  });
  const descriptors = { ...Object.getOwnPropertyDescriptors(init), body: { value: body, enumerable: true } };
  const watched = Object.create(Object.getPrototypeOf(init), descriptors as PropertyDescriptorMap) as RequestInit;
  return { args: [input, watched], hasBroken: () => broken };
}

/**
 * Bun and Workers send a native stream with its `content-length`, and any stream in its place without. Workers do not reject
 * for a broken source, and Bun rejects with the very error of the source.
 */
function streamsKnowTheirLength(): boolean {
  return 'Bun' in globalThis || 'FixedLengthStream' in globalThis;
}

/** Bun's own fetch rejects with a `TypeError` that has a code. A client that wraps it may time out, or dislike a status. */
function isNoErrorOfFetch(error: unknown): boolean {
  if (!('Bun' in globalThis)) return false;
  const { outcome, kind = '' } = classifyNetworkError(error);
  if (outcome !== 'failure' || kind === 'timeout' || STATUS.test(kind)) return false;
  return readText(error, 'name') !== 'TypeError' || read(error, 'code') === undefined;
}

/** Node and Deno let go of the stream of a `Request` that broke, and a stream keeps its error for the next to read it. */
async function broke(request: object, error: unknown, isPlatforms: boolean): Promise<boolean> {
  const body = read(request, 'body');
  if (!isStream(body)) return false;
  if (body.locked) return isPlatforms && isNoErrorOfFetch(error);
  let isBroken = false;
  const reader = body.getReader();
  reader.closed.catch(() => {
    isBroken = true;
  });
  await null;
  await null;
  reader.releaseLock();
  return isBroken;
}

function isIterable(body: unknown): body is AsyncIterable<unknown> & object {
  // Bun takes a generator function as well, and calls it.
  if (typeof body === 'function') return 'Bun' in globalThis;
  return isObject(body) && typeof read(body, Symbol.asyncIterator) === 'function';
}

function filesIn(body: unknown): (() => readonly Blob[]) | undefined {
  if (typeof Blob === 'function' && body instanceof Blob) return () => [body];
  if (typeof FormData !== 'function' || !(body instanceof FormData)) return undefined;
  return () => [...body].flatMap(([, value]) => (typeof value === 'string' ? [] : [value]));
}

/** A file that has changed or gone since it was chosen cannot be read, not even its first byte. */
async function anyUnreadable(files: () => readonly Blob[]): Promise<boolean> {
  try {
    await Promise.all(files().map((file) => file.slice(0, 1).arrayBuffer()));
    return false;
  } catch {
    return true;
  }
}
