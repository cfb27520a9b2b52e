import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import { createOperatorApi, createTileApi } from './apis.ts';
import { createBehaviour } from './behaviour.ts';
import type { Report } from './mode.ts';

/** A running tile server on loopback. */
export interface TileServer extends AsyncDisposable {
  /** Where tiles are: `http://127.0.0.1:PORT`, without a slash. */
  readonly url: string;

  /** Where its operator sits. */
  readonly operatorUrl: string;
  readonly report: Report;
}

/** Starts a tile server on two free ports. It works until its operator says otherwise. */
export async function startTileServer(): Promise<TileServer> {
  await using started = new AsyncDisposableStack();
  const behaviour = createBehaviour();
  const url = await listen(createTileApi(behaviour), started);
  const operatorUrl = await listen(createOperatorApi(behaviour), started);
  const running = started.move();
  return {
    url,
    operatorUrl,
    get report() {
      return behaviour.report;
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

async function listen(api: Hono, started: AsyncDisposableStack): Promise<string> {
  const server = createAdaptorServer({ fetch: api.fetch }) as Server;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  started.defer(async () => {
    const closed = once(server, 'close');
    server.close();
    // Some of them hang, which is what they are for.
    server.closeAllConnections();
    await closed;
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
