import { read } from '@switchgear/core/adapter';
import { isStream } from './call.ts';
import { dressed } from './dressed.ts';

/**
 * The same answer with somebody listening to its body. What is read, and the error that reading meets, are what they were; the
 * body is read no sooner and no faster than its reader asks.
 *
 * @param failed told once if the body breaks off, and not if its reader has had enough of it
 */
export function observed(response: Response, failed: (error: unknown) => void): Response {
  const body = read(response, 'body');
  // None, or not a stream of the platform's, or read already.
  if (!isStream(body) || body.locked) return response;
  const copy = rebuilt(response, watched(body, failed));
  // What a response that was constructed cannot be told.
  const { url, redirected, type } = response;
  return copy ? dressed(copy, { url, redirected, type }) : response;
}

/** By its own constructor: a `fetch` from a package has a class of its own. One that cannot be built so stays as it is. */
function rebuilt(response: Response, body: ReadableStream): Response | undefined {
  try {
    return new (response.constructor as typeof Response)(body, response);
  } catch {
    return undefined;
  }
}

function watched(body: ReadableStream<Uint8Array>, failed: (error: unknown) => void): ReadableStream {
  // Locked when it is first read: where no response can be built around this stream, the given one is still whole.
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
      // A reader that lent us its memory waits for it.
      controller.byobRequest?.respond(0);
    },
    cancel: (reason) => (reader ?? body).cancel(reason),
  });
}

/** The next piece with something in it: a stream of bytes takes no empty ones. */
async function nextOf(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<ReadableStreamReadResult<Uint8Array>> {
  let next = await reader.read();
  while (!next.done && next.value.byteLength === 0) next = await reader.read();
  return next;
}
