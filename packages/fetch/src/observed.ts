import { dressed } from './dressed.ts';

/**
 * The same answer with somebody listening to its body. What is read, and the error that reading meets, are what they were; the
 * body is read no sooner and no faster than its reader asks.
 *
 * @param failed told once if the body breaks off, and not if its reader has had enough of it
 */
export function observed(response: Response, failed: (error: unknown) => void): Response {
  const { body, url, redirected, type } = response;
  // None, or somebody else's idea of one, or somebody reads it already.
  if (typeof ReadableStream !== 'function' || !(body instanceof ReadableStream) || body.locked) return response;
  const copy = new Response(watched(body, failed), response);
  // What a response that was constructed cannot be told.
  return dressed(copy, { url, redirected, type });
}

function watched(body: ReadableStream<Uint8Array>, failed: (error: unknown) => void): ReadableStream {
  const reader = body.getReader();
  return new ReadableStream({
    type: 'bytes',
    async pull(controller) {
      const { done, value } = await nextOf(reader).catch((error: unknown) => {
        failed(error);
        throw error;
      });
      if (!done) return controller.enqueue(value as Uint8Array<ArrayBuffer>);
      controller.close();
      // A reader that lent us its memory waits for it.
      controller.byobRequest?.respond(0);
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

/** The next piece with something in it: a stream of bytes takes no empty ones. */
async function nextOf(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<ReadableStreamReadResult<Uint8Array>> {
  let next = await reader.read();
  while (!next.done && next.value.byteLength === 0) next = await reader.read();
  return next;
}
