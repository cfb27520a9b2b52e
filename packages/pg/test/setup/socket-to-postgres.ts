import { connect, type Socket } from 'node:net';

/** A WebSocket as Neon's driver uses one, that leads straight to a PostgreSQL server instead of to Neon's proxy. */
export class SocketToPostgres extends EventTarget {
  binaryType = 'arraybuffer';
  readyState = 0;
  readonly #socket: Socket;

  constructor(url: string) {
    super();
    const { hostname, port } = new URL(url);
    this.#socket = connect(Number(port), hostname, () => {
      this.readyState = 1;
      this.dispatchEvent(new Event('open'));
    });
    this.#socket.on('data', (data) =>
      this.dispatchEvent(new MessageEvent('message', { data: new Uint8Array(data).buffer })),
    );
    this.#socket.on('error', (error) =>
      this.dispatchEvent(Object.assign(new Event('error'), { message: error.message })),
    );
    this.#socket.on('close', () => {
      this.readyState = 3;
      this.dispatchEvent(new Event('close'));
    });
  }

  /** Sends bytes of the protocol. */
  send(data: Uint8Array): void {
    this.#socket.write(Buffer.from(data));
  }

  /** Ends the connection. */
  close(): void {
    this.#socket.end();
  }
}
