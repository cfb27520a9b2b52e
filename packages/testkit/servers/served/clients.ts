import { once } from 'node:events';
import { Agent, type IncomingMessage, request as requestHttp1 } from 'node:http';
import { type ClientHttp2Session, connect } from 'node:http2';
import type { ClientConduct } from './served-host.ts';

/** A request to be made, and how its client behaves. */
export interface ClientRequest {
  readonly path: string;
  readonly conduct: ClientConduct;

  /** Sent as `x-call`. */
  readonly call: string;

  /** Resolves when a handler has got this request. */
  readonly reached: Promise<unknown>;
}

/** A client that keeps its connections. */
export interface ServedClient {
  /** Makes a request. @returns what the client sees: `'503'`, `'200, cut off'`, `'cut off'`, `'has left'` */
  get(request: ClientRequest): Promise<string>;
  close(): void;
}

/** A client over HTTP/1 that keeps its connections alive. */
export function http1Client(url: string): ServedClient {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  return {
    get({ path, call, ...rest }) {
      const request = requestHttp1(url + path, { agent, headers: { 'x-call': call } }).end();
      const answer = once(request, 'response').then(([response]) => {
        const { statusCode } = response as IncomingMessage;
        return { status: String(statusCode), body: response as IncomingMessage };
      });
      return seenBy(request, answer, rest);
    },
    close: () => agent.destroy(),
  };
}

/** A client over HTTP/2 with one connection for all requests. */
export function http2Client(url: string): ServedClient {
  let session: ClientHttp2Session | undefined;
  const connected = (): ClientHttp2Session => {
    if (session && !session.destroyed && !session.closed) return session;
    session = connect(url);
    session.on('error', () => undefined);
    return session;
  };
  return {
    get({ path, call, ...rest }) {
      const stream = connected().request({ ':path': path, 'x-call': call });
      const answer = once(stream, 'response').then(([headers]) => {
        return { status: String((headers as Record<string, unknown>)[':status']), body: stream };
      });
      return seenBy(stream, answer, rest);
    },
    close: () => session?.destroy(),
  };
}

interface Answer {
  readonly status: string;
  readonly body: AsyncIterable<unknown>;
}

async function seenBy(
  request: NodeJS.EventEmitter & { destroy(): unknown },
  answer: Promise<Answer>,
  { conduct, reached }: Pick<ClientRequest, 'conduct' | 'reached'>,
): Promise<string> {
  request.on('error', () => undefined);
  if (conduct === 'leaves') {
    // A refused request reaches no handler.
    await Promise.race([reached, answer.catch(() => undefined)]);
    request.destroy();
    return 'has left';
  }
  // A stream of HTTP/2 may close without an error.
  const closed = once(request, 'close').then((): Promise<Answer> => Promise.reject(new Error('closed')));
  let status = '';
  try {
    const begun = await Promise.race([answer, closed]);
    status = `${begun.status}, `;
    // Leaving the loop destroys the body, and with it the connection or the stream of HTTP/2.
    for await (const _chunk of begun.body) if (conduct === 'leaves in mid-answer') return 'has left';
    return begun.status;
  } catch {
    return `${status}cut off`;
  }
}
