import { dropForwarded, endToEnd } from './end-to-end.ts';

/** What an upstream is told about the client, in place of what the client says: headers by name. */
export type ForwardedHeaders = Readonly<Record<string, string>>;

/** A request, and where it goes. */
export interface Passage {
  readonly url: URL;
  readonly request: Request;

  /** Its body, where that has been kept. */
  readonly bytes: Uint8Array<ArrayBuffer> | undefined;

  /** The client's own: Node lets go of a request that only follows it, and then nothing follows. */
  readonly signal: AbortSignal;

  /** `'pass'` for what the request says itself about whom it is for. */
  readonly forwarded: 'pass' | ForwardedHeaders;
}

/**
 * The call that passes all of a request on. The request is made here, so that one whose body has been read is refused
 * before a permit is taken.
 */
export function passOn({ url, request, bytes, signal, forwarded }: Passage): () => Promise<Response> {
  const headers = endToEnd(request.headers);
  if (forwarded !== 'pass') {
    dropForwarded(headers);
    for (const [name, value] of Object.entries(forwarded)) headers.set(name, value);
  }
  // The upstream has a name of its own, and may tell its sites apart by it.
  headers.delete('host');
  // The runtime asks for what it can decode.
  headers.delete('accept-encoding');
  const { method, body } = bytes ? { method: request.method, body: bytes } : request;
  if (request.bodyUsed)
    throw new TypeError('Switchgear: the body of this request has been read and cannot be passed on');
  const outgoing = new Request(url, {
    method,
    headers,
    body,
    signal,
    ...(body && !bytes && { duplex: 'half' }),
  } as RequestInit);
  return async () => answerOf(await fetch(outgoing));
}

/** The upstream's answer, as the app gives it. */
function answerOf(answer: Response): Response {
  const headers = endToEnd(answer.headers);
  // The runtime has decoded it.
  if (headers.has('content-encoding')) {
    headers.delete('content-encoding');
    headers.delete('content-length');
  }
  const { body, status, statusText } = answer;
  return new Response(body, { status, statusText, headers });
}
