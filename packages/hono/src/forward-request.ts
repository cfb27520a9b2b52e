import type { BodyBytes } from './request-body.ts';

/** Headers, by name, that tell an upstream about the client in place of what the client says itself. */
export type ForwardedHeaders = Readonly<Record<string, string>>;

/** How a request is forwarded. */
export interface Forwarding {
  readonly url: URL;

  /** The body, if it was kept. */
  readonly bytes: BodyBytes | undefined;

  /** The signal of the original request: Node may collect a copy that only follows it, and then the abort is lost. */
  readonly signal: AbortSignal;

  /** The headers about the client to send; `'pass'` keeps those of the request. */
  readonly forwarded: 'pass' | ForwardedHeaders;

  /** Further headers, about this attempt. */
  readonly own: ForwardedHeaders;
}

/**
 * Prepares the call that forwards a request. The outgoing request is made here, before a permit is taken, so that one whose
 * body has been read takes none.
 *
 * @throws {TypeError} if the body of the request has been read
 */
export function forwardRequest(
  request: Request,
  { url, bytes, signal, forwarded, own }: Forwarding,
): () => Promise<Response> {
  const headers = endToEnd(request.headers);
  if (forwarded !== 'pass') {
    for (const name of [...headers.keys()]) if (FORWARDED.test(name)) headers.delete(name);
    for (const [name, value] of Object.entries(forwarded)) headers.set(name, value);
  }
  for (const [name, value] of Object.entries(own)) headers.set(name, value);
  // The upstream has a name of its own, and may tell its sites apart by it.
  headers.delete('host');
  // The runtime asks for the encodings that it can decode.
  headers.delete('accept-encoding');
  const { method, body } = bytes ? { method: request.method, body: bytes } : request;
  if (request.bodyUsed) {
    throw new TypeError('Switchgear: the body of this request has been read already, so it cannot be forwarded');
  }
  const outgoing = new Request(url, {
    method,
    headers,
    body,
    signal,
    ...(body && !bytes && { duplex: 'half' }),
  } as RequestInit);
  return async () => withoutHopByHop(await fetch(outgoing));
}

/** The upstream's answer as the app returns it. */
function withoutHopByHop(answer: Response): Response {
  const headers = endToEnd(answer.headers);
  // The runtime has decoded the body.
  if (headers.has('content-encoding')) {
    headers.delete('content-encoding');
    headers.delete('content-length');
  }
  const { body, status, statusText } = answer;
  return new Response(body, { status, statusText, headers });
}

/** Hop-by-hop headers of RFC 9110, besides those that `Connection` names and those that begin with `Proxy-`. */
const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection',
  'expect',
  'http2-settings',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** A valid header name. `Headers` throws when it is asked for anything else, and `Connection` may name anything. */
const FIELD_NAME = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/i;

/** Headers in which proxies describe the client, and which any client can write as well. */
const FORWARDED = /^(?:forwarded|x-forwarded-.+|x-real-ip)$/;

/** A copy of the headers without those that concern only one connection. */
function endToEnd(from: Headers): Headers {
  const headers = new Headers(from);
  const named = (headers.get('connection') ?? '').split(',').map((name) => name.trim());
  for (const name of named) if (FIELD_NAME.test(name)) headers.delete(name);
  for (const name of [...headers.keys()]) if (isHopByHop(name)) headers.delete(name);
  return headers;
}

function isHopByHop(name: string): boolean {
  // Proxy-Status is a log to which every proxy on the way adds.
  return HOP_BY_HOP.has(name) || (name.startsWith('proxy-') && name !== 'proxy-status');
}
