import { read } from '@switchgear/core/adapter';
import { StreamedBody } from './streamed-body.ts';

/** How many bytes of a body are kept while it comes in, by default: 1 MiB. */
export const BUFFERED_BYTES: number = 1_048_576;

/** Bytes to send. Their declaration has no type argument, because `Uint8Array` takes none before TypeScript 5.7. */
export type BodyBytes = Uint8Array & BufferSource;

/** The body of a request, received in full or too large to keep. */
export interface ReceivedBody {
  /** The request to continue with, because the body of the original one has been read. */
  readonly request?: Request;

  /** The whole body, if it was kept. Unlike a stream it can be sent again, and over every connection. */
  readonly bytes?: BodyBytes;

  /** The stream of a body that was too large to keep; absent once all of it is in. */
  readonly rest?: StreamedBody | undefined;
}

/** A body that needs no waiting: the original request goes on as it is. */
export const COMPLETE: ReceivedBody = {};

let received: WeakMap<Request, ReceivedBody> | undefined;

/** The body of this very request, if an outer breaker has received it already. */
export function bodyReceived(request: Request): ReceivedBody | undefined {
  return received?.get(request);
}

/**
 * Waits for the body of a request, so that a circuit does not have to wait for a client. A body of `limit` bytes or more is
 * not kept: its request continues with a stream of what has come and what follows.
 *
 * @param limit in bytes
 * @param nodeRequest the request of Node's HTTP server, if there is one
 * @throws the error of the body's stream, for example because the client has left
 */
export async function receiveBody(request: Request, limit: number, nodeRequest?: unknown): Promise<ReceivedBody> {
  const body = (await isComplete(nodeRequest)) ? undefined : incomingBody(request);
  if (!body) return COMPLETE;
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  while (size < limit) {
    const { done, value } = await reader.read();
    if (done) {
      const bytes = joined(chunks, size);
      return remember({ request: withBody(request, bytes), bytes });
    }
    chunks.push(value);
    size += value.byteLength;
  }
  const rest = new StreamedBody(chunks, reader);
  return remember({ request: withBody(request, rest.stream), rest });
}

/**
 * Whether Node has the whole request, without reading any of it. Most bodies arrive together with their headers, and Node
 * parses both before its next macrotask.
 */
async function isComplete(nodeRequest: unknown): Promise<boolean> {
  const { setImmediate } = globalThis as { setImmediate?: (then: () => void) => unknown };
  if (read(nodeRequest, 'complete') === false && setImmediate)
    await new Promise<void>((resolve) => void setImmediate(resolve));
  return read(nodeRequest, 'complete') === true;
}

/** The body that may still be coming in; `undefined` if the request has none, or if other code reads it or has read it. */
function incomingBody(request: Request): ReadableStream<Uint8Array> | undefined {
  if (request.bodyUsed || request.headers.get('content-length') === '0') return undefined;
  const { body } = request;
  return body && !body.locked ? body : undefined;
}

function remember(body: ReceivedBody & { readonly request: Request }): ReceivedBody {
  received ??= new WeakMap();
  received.set(body.request, body);
  return body;
}

/** A copy of a request with an unread body. */
function withBody(request: Request, body: Uint8Array<ArrayBuffer> | ReadableStream): Request {
  // Node's server has a Request class of its own, which the platform's constructor does not understand.
  const OwnRequest = request.constructor as typeof Request;
  const copy = new OwnRequest(request, { body, duplex: 'half' } as RequestInit);
  // Hosts add fields to requests, as Cloudflare adds `cf`, and some constructors do not copy them.
  for (const name of Object.keys(request)) {
    if (!(name in copy)) Object.defineProperty(copy, name, { value: read(request, name), enumerable: true });
  }
  return copy;
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}
