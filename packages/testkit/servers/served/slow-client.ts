import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import type { ServedApp } from './served-host.ts';

/** A client whose body comes in two pieces, the second when it likes. */
export interface SlowClient {
  /** Sends the rest. @returns the whole answer */
  finish(): Promise<string>;
  leave(): void;
}

/** Sends the head of a request over HTTP/1 and some of its body, and waits until the server has the request. */
export async function slowClient(
  { server, url }: ServedApp,
  path: string,
  first: string,
  rest: string,
): Promise<SlowClient> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  const arrived = once(server, 'request');
  const head = ['content-type: text/plain', `content-length: ${first.length + rest.length}`, 'connection: close'];
  socket.write(`POST ${path} HTTP/1.1\r\nhost: a.example\r\n${head.join('\r\n')}\r\n\r\n${first}`);
  await arrived;
  // By then an adapter that waits for the next macrotask has decided.
  await new Promise((resolve) => void setImmediate(() => setImmediate(resolve)));
  return {
    finish() {
      socket.write(rest);
      return text(socket);
    },
    leave: () => void socket.destroy(),
  };
}
