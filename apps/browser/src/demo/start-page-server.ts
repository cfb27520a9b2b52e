import { fileURLToPath } from 'node:url';
import { createServer, defaultClientConditions, type InlineConfig, type ViteDevServer } from 'vite';

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
