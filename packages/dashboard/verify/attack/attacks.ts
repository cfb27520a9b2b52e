import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** Does harm to the server at this port until told to stop. Resolves to what it did, in words. */
export type Attack = (port: number, stop: AbortSignal) => Promise<string>;

const PATHS: readonly string[] = [
  `/${'a'.repeat(60_000)}/`,
  `/${'a'.repeat(60_000)}`,
  '/'.repeat(60_000),
  `${'/'.repeat(60_000)}x`,
  `/${'%0d%0a'.repeat(10_000)}/`,
  `/api/breaker?id=${'x'.repeat(60_000)}`,
  `/events?after=${'1.'.repeat(30_000)}`,
];

/** Requests whose paths are 60 kB long, twenty at a time. */
export const longPaths: Attack = async (port, stop) => {
  let count = 0;
  const ask = async (index: number): Promise<void> => {
    while (!stop.aborted) {
      const socket = await open(port);
      const path = PATHS[(count++ + index) % PATHS.length];
      socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
      await Promise.race([once(socket, 'data'), closed(socket), pause(5_000)]);
      socket.destroy();
    }
  };
  await Promise.all(Array.from({ length: 20 }, (_, index) => ask(index)));
  return `${count} requests`;
};

/** A thousand connections that ask for the events, and read them or not. */
export function streams(isReading: boolean): Attack {
  return async (port, stop) => {
    const sockets: Socket[] = [];
    let accepted = 0;
    for (let i = 0; i < 1_000 && !stop.aborted; i++) {
      const socket = await open(port);
      sockets.push(socket);
      socket.write('GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n');
      socket.once('data', (data) => {
        if (!data.toString('latin1').startsWith('HTTP/1.1 200')) return;
        accepted += 1;
        if (isReading) socket.resume();
        else socket.pause();
      });
    }
    if (!stop.aborted) await once(stop, 'abort');
    for (const socket of sockets) socket.destroy();
    return `${accepted} of 1000 accepted`;
  };
}

/** Orders with bodies of 400 MB, eight at a time, of strangers or of an operator; some say how long they are. */
export function longBodies(user: string): Attack {
  return async (port, stop) => {
    const chunk = Buffer.alloc(64_000, 'x');
    const answers = new Map<string, number>();
    let sent = 0;
    const order = async (saysLength: boolean): Promise<void> => {
      while (!stop.aborted) {
        const socket = await open(port);
        const length = saysLength ? 'Content-Length: 400000000' : 'Transfer-Encoding: chunked';
        const own = `Origin: http://localhost:${port}\r\nContent-Type: application/json\r\nX-User: ${user}`;
        socket.write(`POST /api/orders HTTP/1.1\r\nHost: localhost:${port}\r\n${own}\r\n${length}\r\n\r\n`);
        const isOver = closed(socket);
        const answered = once(socket, 'data').then(([data]) => {
          const status = data.toString('latin1').slice(9, 12);
          answers.set(status, (answers.get(status) ?? 0) + 1);
        });
        answered.catch(() => undefined);
        for (let bytes = 0; bytes < 400_000_000 && !stop.aborted && !socket.destroyed; bytes += chunk.length) {
          const part = saysLength ? chunk : Buffer.concat([Buffer.from('fa00\r\n'), chunk, Buffer.from('\r\n')]);
          sent += chunk.length;
          if (!socket.write(part)) await Promise.race([once(socket, 'drain').catch(() => undefined), isOver]);
        }
        socket.destroy();
      }
    };
    await Promise.all(Array.from({ length: 8 }, (_, index) => order(index % 2 === 0)));
    const statuses = [...answers].map(([status, times]) => `${times} × ${status}`).join(', ');
    return `${Math.round(sent / 1e6)} MB sent, answered ${statuses || 'nothing'}`;
  };
}

async function open(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  await Promise.race([once(socket, 'connect').catch(() => undefined), closed(socket)]);
  return socket;
}

function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()));
}
