import { branchesOf, readText } from '@switchgear/core/adapter';

/** How a streamed body came to its end: all of it was read, its reader had enough, or it broke off. */
export type BodyEnd = 'whole' | 'left' | { readonly error: unknown };

/** What we need of a stream of Node's. */
interface NodeStream {
  readonly closed: boolean;
  readonly readableEnded: boolean;
  readonly errored: unknown;
  readonly req?: { readonly aborted?: boolean };
  once(event: 'close', listener: () => void): unknown;
}

/**
 * What a connection or a decompression says when it breaks. Any other error on a stream of Node's was given to it by
 * whoever reads: `pipeline` passes the troubles of its last stream up to the first.
 */
const FROM_BELOW = /^(ECONN|ETIMEDOUT$|Z_|ZSTD_|ERR_BROTLI_|ERR__|ERR_HTTP2_|HPE_|UND_ERR_|ERR_BAD_RESPONSE$)/;

/**
 * Has `ended` called once, when the body comes to its end; gives the body to hand out in its place, which for a stream of
 * Node's is the very same. `undefined`, and no call, for a body that is no stream or has ended already.
 */
export function observedBody(body: unknown, ended: (how: BodyEnd) => void): unknown {
  if (typeof ReadableStream === 'function' && body instanceof ReadableStream) return observedWebStream(body, ended);
  const stream = Object(body) as Partial<NodeStream>;
  if (typeof stream.once !== 'function' || stream.readableEnded !== false || stream.closed === true) return undefined;
  observeNodeStream(stream as NodeStream, ended);
  return body;
}

/** Asks when it has closed. To listen for its error would keep an error that nobody handles from ending the process. */
function observeNodeStream(stream: NodeStream, ended: (how: BodyEnd) => void): void {
  stream.once('close', () => {
    const { errored: error, readableEnded, req } = stream;
    if (readableEnded) return ended('whole');
    // When what it is piped into breaks, `pipeline` aborts the request, and the stream speaks of a reset like any other.
    const fromBelow = (link: unknown) => FROM_BELOW.test(readText(link, 'code') ?? '');
    const hasBroken = req?.aborted !== true && branchesOf(error).some((branch) => branch.some(fromBelow));
    ended(hasBroken ? { error } : 'left');
  });
}

/** A stream of the web tells nobody but its reader, so we read it: a chunk for each that is asked of us, none ahead. */
function observedWebStream(body: ReadableStream, ended: (how: BodyEnd) => void): ReadableStream {
  const reader = body.getReader();
  const source: UnderlyingDefaultSource = {
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (!done) return controller.enqueue(value);
        ended('whole');
        controller.close();
      } catch (error) {
        ended({ error });
        throw error;
      }
    },
    cancel(reason) {
      ended('left');
      return reader.cancel(reason);
    },
  };
  return new ReadableStream(source, { highWaterMark: 0 });
}
