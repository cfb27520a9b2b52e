import { classifyNetworkError, isObject, read, readText, type Upload } from '@switchgear/core/adapter';
import { isStream, watchedIterable, watchedStream } from './body.ts';
import { type FetchFunction, givenBody } from './call.ts';
import { isBareTypeError } from './outcome.ts';

type Args = Parameters<FetchFunction>;

const STATUS = /^\d{3}$/;

/** What a request sends, where its source can break by itself: a stream, an iterable, files. */
export interface FetchUpload extends Upload {
  /** The arguments to send: as they were given, or with a watched source in place of the given one. */
  readonly args: Args;
}

/**
 * What a request sends, if its source can break by itself; nothing is read from it here. A given stream or iterable is
 * watched while it is sent, because most platforms replace its error by one of their own. A `Request` is left as it is, and
 * its stream is checked afterwards.
 *
 * @param isPlatforms whether the platform's own fetch makes the request
 */
export function uploadOf(args: Args, isPlatforms: boolean): FetchUpload | undefined {
  const [input, init] = args;
  const body = givenBody(init);
  if (isStream(body)) return streamed(args, body, watchedStream);
  if (isIterable(body)) return streamed(args, body, watchedIterable);
  const files = filesIn(body);
  if (files) {
    const hasUnreadableFiles = (error: unknown) => (isBareTypeError(error) ? anyUnreadable(files) : undefined);
    return { args, hasBroken: () => false, hasUnreadableFiles };
  }
  const hasBodyOfItsOwn = body === undefined && isObject(input) && 'bodyUsed' in input;
  return hasBodyOfItsOwn ? { args, hasBroken: (error) => keepsError(input, error, isPlatforms) } : undefined;
}

function streamed<Source extends object>(
  [input, init]: Args,
  source: Source,
  watch: (source: Source, broke: () => void) => Source,
): FetchUpload {
  const isPlain = [Object.prototype, null].includes(Object.getPrototypeOf(init));
  if (streamsKnowTheirLength() || !isPlain) return { args: [input, init], hasBroken: isFromSource };
  let broken = false;
  const body = watch(source, () => {
    broken = true;
  });
  const descriptors = { ...Object.getOwnPropertyDescriptors(init), body: { value: body, enumerable: true } };
  const watched = Object.create(Object.getPrototypeOf(init), descriptors as PropertyDescriptorMap) as RequestInit;
  return { args: [input, watched], hasBroken: () => broken };
}

/**
 * Bun and Workers send a native stream with its `content-length`, and a stream of ours without. Workers do not reject for a
 * broken source, and Bun rejects with the source's own error.
 */
function streamsKnowTheirLength(): boolean {
  return 'Bun' in globalThis || 'FixedLengthStream' in globalThis;
}

/**
 * On Bun: whether an error is the source's own. Bun's fetch itself rejects with a `TypeError` that has a code; a client that
 * wraps it may time out, or reject for a status.
 */
function isFromSource(error: unknown): boolean {
  if (!('Bun' in globalThis)) return false;
  const { outcome, kind = '' } = classifyNetworkError(error);
  if (outcome !== 'failure' || kind === 'timeout' || STATUS.test(kind)) return false;
  return readText(error, 'name') !== 'TypeError' || read(error, 'code') === undefined;
}

/** Node and Deno unlock the stream of a `Request` that broke, and it keeps its error for the next reader. */
async function keepsError(request: object, error: unknown, isPlatforms: boolean): Promise<boolean> {
  const body = read(request, 'body');
  if (!isStream(body)) return false;
  if (body.locked) return isPlatforms && isFromSource(error);
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

/** A file that has changed or gone since it was chosen cannot be read at all, not even its first byte. */
async function anyUnreadable(files: () => readonly Blob[]): Promise<boolean> {
  try {
    await Promise.all(files().map((file) => file.slice(0, 1).arrayBuffer()));
    return false;
  } catch {
    return true;
  }
}
