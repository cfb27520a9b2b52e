import { read } from '@switchgear/core/adapter';
import { Rest } from './rest.ts';

/** How much of a body is kept while it comes in, unless the options say otherwise: 1 MiB, in bytes. */
export const BUFFERED_BYTES: number = 1_048_576;

/** A request whose body is in, or is too large to be kept and comes in while the request is answered. */
export interface Arrival {
  /** The request to go on with, where the body of the one that arrived has been read. */
  readonly request?: Request;

  /** All of its body, where that has been kept. Unlike a stream it can be sent again, and over every connection. */
  readonly bytes?: Uint8Array<ArrayBuffer>;

  /** The part of the body that the client has yet to send; nothing when all of it is in. */
  readonly rest?: Rest | undefined;
}

let known: WeakMap<Request, Arrival> | undefined;

/** What an outer breaker has found out about this very request. */
export function arrivalKnown(request: Request): Arrival | undefined {
  return known?.get(request);
}

/**
 * The body that a client may still be sending. There is none in a request that says so, and in one that is being read, or
 * has been.
 */
export function incomingBody(request: Request): ReadableStream<Uint8Array> | undefined {
  if (request.bodyUsed || request.headers.get('content-length') === '0') return undefined;
  const { body } = request;
  return body && !body.locked ? body : undefined;
}

/**
 * Waits until the body is in, so that no circuit has to wait for a client. A body of `most` bytes or more is not kept: the
 * request then goes on with what has come, and with the rest as a stream.
 *
 * @throws what reading the body meets, say because the client has left
 */
export async function arrivalOf(request: Request, body: ReadableStream<Uint8Array>, most: number): Promise<Arrival> {
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  while (size < most) {
    const { done, value } = await reader.read();
    if (done) return whole(request, joined(chunks, size));
    chunks.push(value);
    size += value.byteLength;
  }
  const rest = new Rest(chunks, reader);
  return remembered({ request: withBody(request, rest.stream), rest });
}

function whole(request: Request, bytes: Uint8Array<ArrayBuffer>): Arrival {
  return remembered({ request: withBody(request, bytes), bytes });
}

function remembered(arrival: Required<Pick<Arrival, 'request'>> & Arrival): Arrival {
  known ??= new WeakMap();
  known.set(arrival.request, arrival);
  return arrival;
}

/** The same request with its body once more. */
function withBody(request: Request, body: Uint8Array<ArrayBuffer> | ReadableStream): Request {
  // Node's server has a Request of its own, which the platform's constructor does not understand.
  const Same = request.constructor as typeof Request;
  const same = new Same(request, { body, duplex: 'half' } as RequestInit);
  // Hosts put things on requests, Cloudflare its `cf`, and some constructors forget them.
  for (const name of Object.keys(request)) {
    if (!(name in same)) Object.defineProperty(same, name, { value: read(request, name), enumerable: true });
  }
  return same;
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
