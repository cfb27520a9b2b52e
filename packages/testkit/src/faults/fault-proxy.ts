import { EventEmitter, once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { freePort } from './free-port.ts';
import { link } from './link.ts';
import type { WireFault } from './wire-fault.ts';

/** A TCP proxy that does to its connections what networks do. */
export interface FaultProxy {
  readonly host: string;
  readonly port: number;

  /** Connections accepted so far, whatever became of them. */
  readonly connections: number;

  /** Changes what happens from now on, to open connections too. Resolves when it is so. */
  become(fault: WireFault): Promise<void>;

  /** Stops listening and resets what is open. */
  close(): Promise<void>;
}

/** Puts a proxy on a free loopback port in front of a server. It begins with `pass`. */
export async function faultProxy(target: { readonly host?: string; readonly port: number }): Promise<FaultProxy> {
  const port = await freePort();
  const open = new Set<Socket>();
  const changes = new EventEmitter().setMaxListeners(0);
  const wire = { fault: 'pass' as WireFault, changed: () => once(changes, 'change') };
  let connections = 0;

  const server = createServer({ allowHalfOpen: true }, (client) => {
    connections += 1;
    open.add(client);
    client.on('error', () => undefined).on('close', () => open.delete(client));
    if (!endedBy(wire.fault, client)) void link(client, { host: '127.0.0.1', ...target }, wire);
  });

  async function become(fault: WireFault): Promise<void> {
    wire.fault = fault;
    if (fault === 'refuse') server.close();
    else if (!server.listening) await once(server.listen({ host: '127.0.0.1', port }), 'listening');
    for (const client of open) endedBy(fault, client);
    changes.emit('change');
  }

  await become('pass');
  return {
    host: '127.0.0.1',
    port,
    get connections() {
      return connections;
    },
    become,
    close: () => become('refuse'),
  };
}

/** Ends the connection if this fault leaves no connection open. */
function endedBy(fault: WireFault, client: Socket): boolean {
  if (fault === 'close') client.end(() => client.destroy());
  else if (fault === 'reset' || fault === 'refuse') client.resetAndDestroy();
  else return false;
  return true;
}
