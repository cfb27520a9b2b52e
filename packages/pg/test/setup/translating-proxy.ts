import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** Severities and messages of a server, and their translations. */
export type Dictionary = Readonly<Record<string, string>>;

/**
 * Stands before a server and translates its errors, as the server itself would if it were set to another language. The
 * package that the tests' server comes from has no languages in it.
 *
 * @returns the URL of the server as it is reached through the proxy
 */
export async function translatingProxy(url: string, dictionary: Dictionary): Promise<string> {
  const { hostname, port } = new URL(url);
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
    }
    client.pipe(upstream);
    let rest = Buffer.alloc(0);
    upstream.on('data', (data: Buffer) => {
      rest = Buffer.concat([rest, data]);
      for (let end = endOfMessage(rest); end !== undefined; end = endOfMessage(rest)) {
        client.write(translated(rest.subarray(0, end), dictionary));
        rest = rest.subarray(end);
      }
    });
    upstream.on('close', () => client.end());
    client.on('close', () => upstream.destroy());
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return url.replace(`:${port}/`, `:${(server.address() as AddressInfo).port}/`);
}

/** A message is a type, a length that counts itself, and a body. */
function endOfMessage(bytes: Buffer): number | undefined {
  if (bytes.length < 5) return undefined;
  const end = 1 + bytes.readInt32BE(1);
  return end <= bytes.length ? end : undefined;
}

/** An error's fields S and M are translated, V and the code are not. */
function translated(message: Buffer, dictionary: Dictionary): Buffer {
  if (message[0] !== 'E'.charCodeAt(0)) return message;
  const fields = message.toString('utf8', 5, message.length - 2).split('\0');
  const told = fields.map((field) =>
    'SM'.includes(field.charAt(0)) ? field.charAt(0) + (dictionary[field.slice(1)] ?? field.slice(1)) : field,
  );
  const body = Buffer.from(`${told.join('\0')}\0\0`);
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(4 + body.length, 1);
  return Buffer.concat([head, body]);
}
