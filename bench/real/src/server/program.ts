/**
 * A service with a fixed number of slots and an endless queue. As most services, it does not notice that a caller has
 * left, and does the work all the same.
 */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LONGEST, SHORTEST } from './service.ts';

const slots = Number(process.argv[2]);
const waiting: ServerResponse[] = [];
let busy = 0;

function work(): void {
  while (busy < slots && waiting.length > 0) {
    const response = waiting.shift();
    busy += 1;
    setTimeout(
      () => {
        busy -= 1;
        response?.end('done');
        work();
      },
      SHORTEST + Math.random() * (LONGEST - SHORTEST),
    );
  }
}

// Longer than any scene, so that no request meets a connection that is just being closed.
const server = createServer({ keepAliveTimeout: 600_000 }, (_request, response) => {
  waiting.push(response);
  work();
});
process.on('message', (port: number) => {
  // A connection for each call of a burst.
  server.listen({ port, host: '127.0.0.1', backlog: 4_096 }, () =>
    process.send?.((server.address() as AddressInfo).port),
  );
});
process.on('disconnect', () => process.exit());
