import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Env, Hono } from 'hono';

/** An app behind a real port. */
export interface Served {
  readonly url: string;

  /** Resolves when the next request reaches the server. */
  arrival(): Promise<unknown>;
  close(): Promise<void>;
}

/** Serves an app on a free loopback port. */
export async function serve<E extends Env>(app: Hono<E>): Promise<Served> {
  const server = createAdaptorServer({ fetch: app.fetch });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrival: () => once(server, 'request'),
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
      await closed;
    },
  };
}
