import { read } from '@switchgear/core/adapter';

/** Whether a value is a stream of the platform. Some platforms have none. */
export function isStream(value: unknown): value is ReadableStream {
  return typeof ReadableStream === 'function' && value instanceof ReadableStream;
}

/**
 * An upload's stream, passed on chunk by chunk, each read only when it is wanted. Its reader gets the error of the given
 * stream as it is.
 *
 * @param broke called when the given stream breaks, or holds something that no platform can send
 */
export function watchedStream(source: ReadableStream, broke: () => void): ReadableStream {
  // Locked when the first chunk is wanted and not before, so that a request which is never made leaves the stream alone.
  let reader: ReadableStreamDefaultReader | undefined;
  const passedOn: UnderlyingDefaultSource = {
    async pull(controller) {
      try {
        reader ??= source.getReader();
        const { done, value } = await reader.read();
        if (done) return controller.close();
        if (!ArrayBuffer.isView(value) && !(value instanceof ArrayBuffer)) broke();
        controller.enqueue(value);
      } catch (error) {
        broke();
        throw error;
      }
    },
    cancel: (reason) => (reader ?? source).cancel(reason),
  };
  return new ReadableStream(passedOn, { highWaterMark: 0 });
}

/** An object like the given one in everything but its iteration, which it passes on. See {@link watchedStream}. */
export function watchedIterable<Source extends AsyncIterable<unknown> & object>(
  source: Source,
  broke: () => void,
): Source {
  return new Proxy(source, {
    get(target, key) {
      if (key === Symbol.asyncIterator) return () => watchedIterator(() => target[Symbol.asyncIterator](), broke);
      return Reflect.get(target, key);
    },
  });
}

function watchedIterator(start: () => AsyncIterator<unknown>, broke: () => void): AsyncIterableIterator<unknown> {
  let given: AsyncIterator<unknown> | undefined;
  // A source that is left before its end may throw because of that, and is not broken.
  let isLeft = false;
  return {
    async next() {
      try {
        given ??= start();
        return await given.next();
      } catch (error) {
        if (!isLeft) broke();
        throw error;
      }
    },
    async return(value) {
      isLeft = true;
      return (await given?.return?.(value)) ?? { done: true, value };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/**
 * The same response with its body observed. What is read, and the error that reading meets, are the same; the body is read
 * no sooner and no faster than its reader asks.
 *
 * @param failed called once if the body breaks off, and not if its reader stops early
 */
export function observed(response: Response, failed: (error: unknown) => void): Response {
  const body = read(response, 'body');
  // No body, or not a stream of the platform, or being read already.
  if (!isStream(body) || body.locked) return response;
  const copy = rebuilt(response, observedBytes(body, failed));
  // The fields that a constructed response cannot be given.
  const { url, redirected, type } = response;
  return copy ? withProperties(copy, { url, redirected, type }) : response;
}

/** Built by its own constructor, because a `fetch` from a package has a class of its own; nothing if that fails. */
function rebuilt(response: Response, body: ReadableStream): Response | undefined {
  try {
    return new (response.constructor as typeof Response)(body, response);
  } catch {
    return undefined;
  }
}

function observedBytes(body: ReadableStream<Uint8Array>, failed: (error: unknown) => void): ReadableStream {
  // Locked when it is first read: if no response can be built around this stream, the given one is still whole.
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  return new ReadableStream({
    type: 'bytes',
    async pull(controller) {
      reader ??= body.getReader();
      const { done, value } = await nextOf(reader).catch((error: unknown) => {
        failed(error);
        throw error;
      });
      if (!done) return controller.enqueue(value as Uint8Array<ArrayBuffer>);
      controller.close();
      // A reader that brought its own buffer waits for it.
      controller.byobRequest?.respond(0);
    },
    cancel: (reason) => (reader ?? body).cancel(reason),
  });
}

/** The next chunk that is not empty, because a stream of bytes accepts no empty ones. */
async function nextOf(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<ReadableStreamReadResult<Uint8Array>> {
  let next = await reader.read();
  while (!next.done && next.value.byteLength === 0) next = await reader.read();
  return next;
}

/** Gives a response properties of its own, and its clones as well: the constructor takes few, and clones lose them. */
export function withProperties(response: Response, properties: Readonly<Record<string, unknown>>): Response {
  const { clone: plainClone } = response;
  const clone = (): Response => withProperties(plainClone.call(response), properties);
  for (const [name, value] of Object.entries({ ...properties, clone })) {
    Object.defineProperty(response, name, { value });
  }
  return response;
}
