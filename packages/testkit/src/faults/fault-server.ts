import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as passing } from 'node:timers/promises';

/**
 * How a server treats one request:
 *
 * - `answer`: with `status` (200), `headers` and `body` (`'ok'`), after `late` milliseconds.
 * - `hang`: never answers. With `headers: true` it sends those, and then nothing.
 * - `reset`: resets the connection instead of an answer.
 * - `half-body`: promises a body, sends half of it and resets.
 * - `redirect-loop`: sends the client back to where it is.
 */
export type Behaviour =
  | {
      readonly does: 'answer';
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
      readonly late?: number;
    }
  | { readonly does: 'hang'; readonly headers?: boolean }
  | { readonly does: 'reset' }
  | { readonly does: 'half-body' }
  | { readonly does: 'redirect-loop' };

/** The headers of a request, in small letters. */
export type SentHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** An HTTP server that answers as it is told. */
export interface FaultServer {
  /** `http://127.0.0.1:PORT`, without a slash. */
  readonly url: string;
  readonly port: number;

  /** Requests that reached it so far. */
  readonly requests: number;

  /** The headers of each of them, in order. */
  readonly seen: readonly SentHeaders[];

  /** What the next requests meet, one each. */
  next(...behaviours: readonly Behaviour[]): void;

  /** What every request meets when nothing else is due. It begins with a plain answer. */
  always(behaviour: Behaviour): void;

  /** Stops listening and drops what is open. */
  close(): Promise<void>;
}

/** Starts a server on a free loopback port. */
export async function faultServer(): Promise<FaultServer> {
  const due: Behaviour[] = [];
  let usual: Behaviour = { does: 'answer' };
  const seen: SentHeaders[] = [];

  const server = createServer((request, response) => {
    seen.push(request.headers);
    request.resume();
    response.on('error', () => undefined);
    void behave(due.shift() ?? usual, request.url ?? '/', response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    port,
    get requests() {
      return seen.length;
    },
    seen,
    next: (...behaviours) => void due.push(...behaviours),
    always: (behaviour) => {
      usual = behaviour;
    },
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function behave(behaviour: Behaviour, url: string, response: ServerResponse): Promise<void> {
  switch (behaviour.does) {
    case 'answer': {
      const { status = 200, headers = {}, body = 'ok', late } = behaviour;
      if (late) await passing(late, undefined, { ref: false });
      response.writeHead(status, headers).end(body);
      return;
    }
    case 'hang':
      if (behaviour.headers) response.writeHead(200, { 'content-length': '100' }).flushHeaders();
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'half-body':
      response.writeHead(200, { 'content-length': '100' });
      // Reset only when the half has been sent, because a reset would overtake it.
      response.write('x'.repeat(50), () => response.socket?.resetAndDestroy());
      return;
    case 'redirect-loop':
      response.writeHead(302, { location: url }).end();
  }
}
