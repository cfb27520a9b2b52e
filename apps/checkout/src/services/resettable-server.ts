import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import type { Behaviour } from './behaviour.ts';

/** A server whose connections can be reset. */
export interface ResettableServer {
  readonly server: Server;

  /** Resets every open connection, as a crashed process does. */
  resetConnections(): void;
}

/** Serves the API, and while the service refuses resets each new connection before a request can be read. */
export function createResettableServer(api: Hono, behaviour: Behaviour): ResettableServer {
  const server = createAdaptorServer({ fetch: api.fetch }) as Server;
  const open = new Set<Socket>();
  server.prependListener('connection', (socket) => {
    // Resets, by us or by a client that timed out, are expected.
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
