import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What is wrong with a server. */
export type Trouble = 'none' | 'grey' | 'black hole' | 'slow' | 'failing';

/** One HTTP server that can be put into trouble. */
export interface TroubledServer {
  readonly port: number;
  readonly url: string;
  trouble: Trouble;
  close(): Promise<void>;
}

/** Milliseconds that an answer takes, and how many times as long of a slow server. */
const SERVICE = 10;
const SLOWER = 10;
/** The share of its calls that a grey server fails, and one that fails as all others do. */
const SHARES: Readonly<Partial<Record<Trouble, number>>> = { grey: 0.15, failing: 0.4 };

/** Starts as many servers on free loopback ports. A black-holed one takes connections and never answers. */
export function troubledServers(count: number, random: () => number): Promise<readonly TroubledServer[]> {
  return Promise.all(Array.from({ length: count }, () => troubledServer(random)));
}

async function troubledServer(random: () => number): Promise<TroubledServer> {
  const server: Server = createServer((request, response) => {
    request.resume();
    response.on('error', () => undefined);
    const { trouble } = troubled;
    if (trouble === 'black hole') return;
    const fails = random() < (SHARES[trouble] ?? 0);
    setTimeout(() => response.writeHead(fails ? 503 : 200).end('ok'), trouble === 'slow' ? SERVICE * SLOWER : SERVICE);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const troubled: TroubledServer = {
    port,
    url: `http://127.0.0.1:${port}`,
    trouble: 'none',
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
  return troubled;
}
