import { fileURLToPath } from 'node:url';
import { createServer, defaultClientConditions, type InlineConfig, type ViteDevServer } from 'vite';
import { startTileServer, type TileServer } from '../tile-server/start-tile-server.ts';

/** The demo, running. */
export interface Demo extends AsyncDisposable {
  readonly pageUrl: string;
  readonly tileServer: TileServer;

  /** Opens the page in the user's browser. */
  openBrowser(): void;
}

/**
 * Starts the tile server and serves the page, all in this process: nothing can be left behind.
 *
 * @param port where the page is, if that port is free, else the next free one; 0 takes any
 * @param proxy where the page gets its tiles from instead of the tile server itself, without a slash at the end
 */
export async function startDemo(port: number, proxy?: string): Promise<Demo> {
  await using started = new AsyncDisposableStack();
  const tileServer = started.use(await startTileServer());
  const page = await startPageServer({ tileServer: proxy ?? tileServer.url, operator: tileServer.operatorUrl, port });
  started.defer(() => page.close());
  const running = started.move();
  return {
    pageUrl: page.resolvedUrls?.local[0] ?? '',
    tileServer,
    openBrowser: () => page.openBrowser(),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** What the page has to know. */
export interface PageSetting {
  readonly tileServer: string;
  readonly operator: string;

  /** 0 takes a free one. */
  readonly port: number;
}

/** Serves the page with Vite, from the sources of all our packages. */
export async function startPageServer(setting: PageSetting): Promise<ViteDevServer> {
  const server = await createServer(configOf(setting));
  try {
    return await server.listen();
  } catch (error) {
    await server.close();
    throw error;
  }
}

function configOf({ tileServer, operator, port }: PageSetting): InlineConfig {
  return {
    configFile: false,
    root: ROOT,
    logLevel: 'warn',
    clearScreen: false,
    define: {
      'import.meta.env.VITE_TILE_SERVER': JSON.stringify(tileServer),
      'import.meta.env.VITE_OPERATOR': JSON.stringify(operator),
    },
    resolve: {
      conditions: ['@switchgear/source', ...defaultClientConditions],
      alias: [{ find: /^leaflet$/, replacement: 'leaflet/dist/leaflet-src.esm.js' }],
    },
    // All of it is ESM, so there is nothing to bundle beforehand, to cache, or to load again once it is found.
    optimizeDeps: { noDiscovery: true },
    server: { host: '127.0.0.1', port, strictPort: false },
  };
}
