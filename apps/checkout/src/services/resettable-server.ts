import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import type { Behaviour } from './behaviour.ts';

/** The server that shops connect to. */
export interface ResettableServer {
  readonly server: Server;

  /** Resets every connection there is, as a process that dies does. */
  resetConnections(): void;
}

/** Serves the API, and while the service refuses resets each new connection before a request can be read. */
export function createResettableServer(api: Hono, behaviour: Behaviour): ResettableServer {
  const server = createAdaptorServer({ fetch: api.fetch }) as Server;
  const open = new Set<Socket>();
  server.prependListener('connection', (socket) => {
    // A reset of ours, or of a client that gave up waiting, is no news.
    socket.on('error', () => undefined);
    if (behaviour.mode === 'refuse') {
      behaviour.countCall();
      socket.resetAndDestroy();
      return;
    }
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  return {
    server,
    resetConnections() {
      for (const socket of open) socket.resetAndDestroy();
    },
  };
}
