import { once } from 'node:events';
import { Socket } from 'node:net';
import { setTimeout as passing } from 'node:timers/promises';
import type { WireFault } from './wire-fault.ts';

/** What holds for every link of a proxy, now. */
export interface Wire {
  readonly fault: WireFault;

  /** Resolves when the fault changes. */
  changed(): Promise<unknown>;
}

/** Connects a client to its server through a wire that may misbehave, until either is gone. */
export async function link(
  client: Socket,
  target: { readonly host: string; readonly port: number },
  wire: Wire,
): Promise<void> {
  await silence(wire);
  if (client.destroyed) return;
  const server = new Socket({ allowHalfOpen: true });
  server.on('error', () => client.resetAndDestroy());
  client.on('close', () => server.destroy());
  server.connect(target.port, target.host);
  // Either pump throws when its sockets go, which the events above have dealt with.
  await Promise.allSettled([pump(client, server, wire, whole), pump(server, client, wire, answers(client, wire))]);
}

type Pieces = (chunk: Buffer) => AsyncIterable<Buffer>;

async function pump(from: Socket, to: Socket, wire: Wire, pieces: Pieces): Promise<void> {
  for await (const chunk of from as AsyncIterable<Buffer>) {
    for await (const piece of pieces(chunk)) {
      await silence(wire);
      if (!to.destroyed && !to.write(piece)) await Promise.race([once(to, 'drain'), once(to, 'close')]);
    }
  }
  to.end();
}

/** Lasts as long as the black hole. */
async function silence(wire: Wire): Promise<void> {
  while (wire.fault === 'black-hole') await wire.changed();
}

async function* whole(chunk: Buffer): AsyncGenerator<Buffer> {
  yield chunk;
}

/** How the server's answers reach the client. */
function answers(client: Socket, wire: Wire): Pieces {
  let cutting: WireFault | undefined;
  let left = 0;

  return async function* (chunk) {
    const { fault } = wire;
    if (typeof fault === 'string') {
      yield chunk;
    } else if ('delay' in fault) {
      await passing(fault.delay);
      yield chunk;
    } else if ('trickle' in fault) {
      const { bytes, every } = fault.trickle;
      for (let from = 0; from < chunk.length; from += bytes) {
        await passing(every);
        yield chunk.subarray(from, from + bytes);
      }
    } else {
      if (cutting !== fault) left = fault.cut;
      cutting = fault;
      yield chunk.subarray(0, left);
      left -= chunk.length;
      // An orderly end first: a reset at once would overtake the bytes before the cut.
      if (left <= 0) client.end(() => client.resetAndDestroy());
    }
  };
}
