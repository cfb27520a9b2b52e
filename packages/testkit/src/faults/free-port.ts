import { createServer } from 'node:net';

/** Below the range from which systems hand out ports to outgoing connections: one of those cannot take ours while a server restarts. */
const LOWEST = 10_000;
const BEYOND = 32_768;

/** A loopback port without a listener. Another process may still take it before the caller does. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = LOWEST + Math.floor(Math.random() * (BEYOND - LOWEST));
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
