import { startTileServer, type TileServer } from '../tile-server/start-tile-server.ts';
import { startPageServer } from './start-page-server.ts';

/** The demo, running. */
export interface Demo extends AsyncDisposable {
  readonly pageUrl: string;
  readonly tileServer: TileServer;

  /** Shows the page in the browser of whoever sits here. */
  openBrowser(): void;
}

/**
 * Starts the tile server and serves the page, all in this process: nothing can be left behind.
 *
 * @param port where the page is, if that port is free, else the next free one; 0 takes any
 */
export async function startDemo(port: number): Promise<Demo> {
  await using started = new AsyncDisposableStack();
  const tileServer = started.use(await startTileServer());
  const page = await startPageServer({ tileServer: tileServer.url, operator: tileServer.operatorUrl, port });
  started.defer(() => page.close());
  const running = started.move();
  return {
    pageUrl: page.resolvedUrls?.local[0] ?? '',
    tileServer,
    openBrowser: () => page.openBrowser(),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}
