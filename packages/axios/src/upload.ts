import { branchesOf, classifyNetworkError, isObject, read, readText } from '@switchgear/core/adapter';

/** What a request sends, where it comes from a source that can break by itself: a stream, a form of streams, files. */
export interface Upload {
  /** Whether the source broke, so that its error ended the call. Some sources have to be asked. */
  hasBroken(error: unknown): boolean | Promise<boolean>;

  /** Asks whether files that were to be sent cannot be read, where the error does not say. Nothing if there is nothing to ask. */
  hasUnreadableFiles?(error: unknown): Promise<boolean> | undefined;

  /** Takes away whatever was put on the source to hear of its errors. */
  leave(): void;
}

/** What a stream of Node's is, as far as we use it. */
interface Emitter {
  on(event: symbol, listener: () => void): unknown;
  removeListener(event: symbol, listener: () => void): unknown;
}

const nothing = (): void => undefined;

/** What a request sends, if its source can break by itself. Nothing is read of it, and what is sent is the very source. */
export function uploadOf(data: unknown): Upload | undefined {
  try {
    return isObject(data) ? sourceOf(data) : undefined;
  } catch {
    // A permit is held. Whatever this is, it is sent unwatched.
    return undefined;
  }
}

function sourceOf(data: object): Upload | undefined {
  if (typeof ReadableStream === 'function' && data instanceof ReadableStream) {
    return { hasBroken: (error) => keepsError(data, error), leave: nothing };
  }
  if (typeof read(data, 'pipe') === 'function') return 'errored' in data ? nodeStream(data) : olderStream(data);
  const files = filesIn(data);
  if (!files) return undefined;
  const hasUnreadableFiles = (error: unknown) => (isBare(error) ? anyUnreadable(files) : undefined);
  return { hasBroken: () => false, hasUnreadableFiles, leave: nothing };
}

/** It keeps the error that ended it. One that was destroyed without has only the platform to say so. */
function nodeStream(stream: object): Upload {
  const hasBroken = (error: unknown) =>
    (read(stream, 'errored') ?? undefined) !== undefined ||
    (read(stream, 'destroyed') === true && codesOf(error).includes('ERR_STREAM_PREMATURE_CLOSE'));
  return { hasBroken, leave: nothing };
}

/**
 * A form of the package `form-data`, a stream of older versions: they keep no error. Node tells of one under a symbol of its
 * own without taking it from whoever listens for errors.
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

/** `EventEmitter.errorMonitor`, from the class that the stream is of in the end: importing it would bind us to Node. */
function errorMonitorOf(stream: object): symbol | undefined {
  if (typeof read(stream, 'on') !== 'function' || typeof read(stream, 'removeListener') !== 'function')
    return undefined;
  for (let of: unknown = Object.getPrototypeOf(stream); of; of = Object.getPrototypeOf(of)) {
    const monitor = read(read(of, 'constructor'), 'errorMonitor');
    if (typeof monitor === 'symbol') return monitor;
  }
  return undefined;
}

/** Node and Deno let go of a stream that broke, and it keeps its error for the next to read it. Bun's error is the source's. */
async function keepsError(stream: ReadableStream, error: unknown): Promise<boolean> {
  if (stream.locked) return 'Bun' in globalThis && isNoErrorOfFetch(error);
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

/** Bun's own fetch rejects with a `TypeError` that has a code. */
function isNoErrorOfFetch(error: unknown): boolean {
  const deepest = branchesOf(error)[0]?.at(-1);
  if (classifyNetworkError(deepest).kind === 'timeout') return false;
  return readText(deepest, 'name') !== 'TypeError' || read(deepest, 'code') === undefined;
}

/** Browsers say nothing about why a request failed. */
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

/** A file that has changed or gone since it was chosen cannot be read, not even its first byte. */
async function anyUnreadable(files: () => readonly Blob[]): Promise<boolean> {
  try {
    await Promise.all(files().map((file) => file.slice(0, 1).arrayBuffer()));
    return false;
  } catch {
    return true;
  }
}
