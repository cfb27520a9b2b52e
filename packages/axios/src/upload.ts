import { branchesOf, classifyNetworkError, isObject, read, readText, type Upload } from '@switchgear/core/adapter';

/** The part of Node's streams that we use. */
interface Emitter {
  on(event: symbol, listener: () => void): unknown;
  removeListener(event: symbol, listener: () => void): unknown;
}

/** What a request sends, if its source can break by itself. Nothing is read from it, and the source itself is sent. */
export function uploadOf(data: unknown): Upload | undefined {
  try {
    return isObject(data) ? sourceOf(data) : undefined;
  } catch {
    // A permit is held by now, so whatever this is, it is sent unwatched.
    return undefined;
  }
}

function sourceOf(data: object): Upload | undefined {
  if (typeof ReadableStream === 'function' && data instanceof ReadableStream) {
    return { hasBroken: (error) => keepsError(data, error) };
  }
  if (typeof read(data, 'pipe') === 'function') return 'errored' in data ? nodeStream(data) : olderStream(data);
  const files = filesIn(data);
  if (!files) return undefined;
  const hasUnreadableFiles = (error: unknown) => (isBare(error) ? anyUnreadable(files) : undefined);
  return { hasBroken: () => false, hasUnreadableFiles };
}

/** It keeps the error that ended it. If it was destroyed without one, only the platform's error code tells. */
function nodeStream(stream: object): Upload {
  const hasBroken = (error: unknown) =>
    (read(stream, 'errored') ?? undefined) !== undefined ||
    (read(stream, 'destroyed') === true && codesOf(error).includes('ERR_STREAM_PREMATURE_CLOSE'));
  return { hasBroken };
}

/**
 * A form of the package `form-data`, or a stream of an older version: they keep no error. Node emits it under a symbol of
 * its own as well, where listening does not mark it as handled.
 */
function olderStream(stream: object): Upload | undefined {
  const monitor = errorMonitorOf(stream);
  if (monitor === undefined) return undefined;
  let isBroken = false;
  const note = () => {
    isBroken = true;
  };
  (stream as Emitter).on(monitor, note);
  return { hasBroken: () => isBroken, leave: () => void (stream as Emitter).removeListener(monitor, note) };
}

/** `EventEmitter.errorMonitor`, found through the stream's base classes, because importing it would bind us to Node. */
function errorMonitorOf(stream: object): symbol | undefined {
  if (typeof read(stream, 'on') !== 'function' || typeof read(stream, 'removeListener') !== 'function')
    return undefined;
  for (let of: unknown = Object.getPrototypeOf(stream); of; of = Object.getPrototypeOf(of)) {
    const monitor = read(read(of, 'constructor'), 'errorMonitor');
    if (typeof monitor === 'symbol') return monitor;
  }
  return undefined;
}

/** Node and Deno unlock a stream that broke, and it keeps its error for the next reader. Bun rejects with the source's own error. */
async function keepsError(stream: ReadableStream, error: unknown): Promise<boolean> {
  if (stream.locked) return 'Bun' in globalThis && isFromSource(error);
  let isBroken = false;
  const reader = stream.getReader();
  reader.closed.catch(() => {
    isBroken = true;
  });
  await null;
  await null;
  reader.releaseLock();
  return isBroken;
}

/** On Bun: whether an error is the source's own. Bun's fetch itself rejects with a `TypeError` that has a code. */
function isFromSource(error: unknown): boolean {
  const deepest = branchesOf(error)[0]?.at(-1);
  if (classifyNetworkError(deepest).kind === 'timeout') return false;
  return readText(deepest, 'name') !== 'TypeError' || read(deepest, 'code') === undefined;
}

/** Whether an error gives no reason, as in browsers. */
function isBare(error: unknown): boolean {
  return codesOf(error).every((code) => code === 'ERR_NETWORK') && !read(error, 'response');
}

function codesOf(error: unknown): readonly string[] {
  return branchesOf(error).flatMap((branch) => branch.flatMap((link) => readText(link, 'code') ?? []));
}

function filesIn(data: object): (() => readonly Blob[]) | undefined {
  if (typeof Blob === 'function' && data instanceof Blob) return () => [data];
  if (typeof FormData !== 'function' || !(data instanceof FormData)) return undefined;
  return () => [...data].flatMap(([, value]) => (typeof value === 'string' ? [] : [value]));
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
