import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

/**
 * Starts a server that answers once it has read the whole body, with the body and how it was sent, and closes it at the
 * test's end. Under `/reset` it resets the connection at the first piece of the body.
 */
export async function bodyServer(): Promise<string> {
  const server = createServer(async (request, response) => {
    request.on('error', () => undefined);
    if (request.url === '/reset') {
      request.once('data', () => request.socket.resetAndDestroy());
      return;
    }
    const body = await text(request).catch(() => '');
    const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
    response.end(JSON.stringify({ body, length, encoding }));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void server.close().closeAllConnections());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
