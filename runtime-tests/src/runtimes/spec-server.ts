import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listen, stop } from '@switchgear/testkit/listen';
import type { Surroundings } from '../specs/kit/capability.ts';

/** The server for specs, on two ports, so that it has two origins. */
export interface SpecServer {
  readonly around: Required<Omit<Surroundings, 'startFellow'>>;
  close(): Promise<void>;
}

/** Allows pages of every origin to read all responses and headers. */
const OPEN_TO_ALL = { 'access-control-allow-origin': '*', 'access-control-expose-headers': '*' };

/**
 * Starts it on free loopback ports. The path of a request tells it what to do, because specs may run in another process:
 *
 * - `/answer/503?retryAfter=7` answers so.
 * - `/reset` resets the connection, `/hang` never answers, `/half-body` breaks off in the middle,
 *   `/drip` sends the beginning of a body and never its end.
 * - `/read` answers with what it was sent once all of it is there, `/moved` redirects to an answer.
 * - `/reached?as=KEY` says how many of the requests before it carried this key.
 * - `/mailbox` keeps the report that is posted there, and answers with those of all others.
 * - `/` is a page, and what `pages` holds is there too.
 */
export async function startSpecServer(pages: Readonly<Record<string, string>>): Promise<SpecServer> {
  const reached = new Map<string, number>();
  const mailbox = new Map<string, string>();
  const servers = [1, 2].map(() =>
    createServer((request, response) => {
      response.on('error', () => undefined);
      const url = new URL(request.url ?? '/', 'http://spec');
      const page = pages[url.pathname];
      const key = url.searchParams.get('as') ?? '';
      if (page !== undefined) {
        respond(response, 200, page, { 'content-type': typeOf(url.pathname) });
      } else if (url.pathname === '/reached') {
        respond(response, 200, String(reached.get(key) ?? 0));
      } else {
        reached.set(key, (reached.get(key) ?? 0) + 1);
        if (url.pathname === '/read') readAll(request, (body) => respond(response, 200, body));
        else if (url.pathname === '/mailbox')
          readAll(request, (body) => setTimeout(respond, MAILBOX, response, 200, exchange(mailbox, body)));
        else act(url, response);
      }
    }),
  );
  const [server = '', elsewhere = ''] = await Promise.all(servers.map(listen));
  return {
    around: { server, elsewhere, mailbox: `${server}/mailbox` },
    close: () => Promise.all(servers.map(stop)).then(() => undefined),
  };
}

function act(url: URL, response: ServerResponse): void {
  const [, does, status] = url.pathname.split('/');
  const retryAfter = url.searchParams.get('retryAfter');
  if (does === 'hang') return;
  if (does === 'reset') {
    response.socket?.resetAndDestroy();
  } else if (does === 'half-body') {
    response.writeHead(200, { ...OPEN_TO_ALL, 'content-length': '100' });
    // Reset only when the half has been sent, because a reset would overtake it.
    response.write('x'.repeat(50), () => response.socket?.resetAndDestroy());
  } else if (does === 'drip') {
    response.writeHead(200, OPEN_TO_ALL).write('first');
  } else if (does === 'moved') {
    response.writeHead(302, { ...OPEN_TO_ALL, location: '/answer/200' }).end();
  } else if (does === 'answer') {
    respond(response, Number(status), `answered ${status}`, retryAfter ? { 'retry-after': retryAfter } : {});
  } else {
    respond(response, 404, `nothing at ${url.pathname}`);
  }
}

/** Milliseconds that a mailbox takes to answer: long enough for the request that asked to be over. */
const MAILBOX = 100;

/** Keeps a report under its life, which is its third field. */
function exchange(mailbox: Map<string, string>, report: string): string {
  const [, , life] = JSON.parse(report) as readonly string[];
  mailbox.set(String(life), report);
  return JSON.stringify([...mailbox].filter(([whose]) => whose !== life).map(([, text]) => text));
}

function readAll(request: IncomingMessage, use: (body: string) => void): void {
  const pieces: Buffer[] = [];
  request.on('error', () => undefined);
  request.on('data', (piece: Buffer) => pieces.push(piece));
  request.on('end', () => use(Buffer.concat(pieces).toString()));
}

function respond(response: ServerResponse, status: number, body: string, headers: Record<string, string> = {}): void {
  response.writeHead(status, { ...OPEN_TO_ALL, 'content-type': 'text/plain', ...headers }).end(body);
}

function typeOf(path: string): string {
  return path.endsWith('.js') ? 'text/javascript' : 'text/html';
}
