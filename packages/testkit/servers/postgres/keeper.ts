/**
 * A process that owns one PostgreSQL server, in a session of its own. It ends the server and deletes its data when its
 * parent disconnects, however that ended: no handler runs in a process that is killed, but its pipes close.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../../src/faults/free-port.ts';
import { packagedBinaries, prepareInstallation } from './installation.ts';
import { Postmaster } from './postmaster.ts';
import type { Answer, Request, Start } from './protocol.ts';

const ATTEMPTS = 3;

/** How often a killed server is started again, a tenth of a second apart. */
const PATIENCE = 50;

let postmaster: Postmaster | undefined;
let port = 0;
let leaving: Promise<void> | undefined;

process.on('message', (request: Request) => void answer(request));
process.on('disconnect', quit);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, quit);
process.on('uncaughtException', (error) => {
  process.stderr.write(`${error.stack}\n`);
  quit();
});

async function answer(request: Request): Promise<void> {
  let error: { error: string } | undefined;
  try {
    await obey(request);
  } catch (reason) {
    error = { error: reason instanceof Error ? reason.message : String(reason) };
  }
  const words: Answer = { id: request.id, port, pid: postmaster?.pid ?? 0, ...error };
  // The parent may have ended meanwhile.
  process.send?.(words, undefined, undefined, () => undefined);
}

async function obey({ order, start }: Request): Promise<void> {
  switch (order) {
    case 'start':
      return begin(start!);
    case 'kill':
      return postmaster?.kill();
    case 'shutDown':
      return postmaster?.end('SIGINT');
    case 'restart':
      await postmaster?.end('SIGINT');
      return startAgain();
    case 'pause':
      return postmaster?.freeze(true);
    case 'resume':
      return postmaster?.freeze(false);
    case 'stop':
      return leave();
  }
}

async function begin({ settings, hba, binaries, standbyOf }: Start): Promise<void> {
  const source = binaries ?? (await packagedBinaries());
  if (leaving) return;
  const standby = standbyOf && { primary_conninfo: `host=127.0.0.1 port=${standbyOf} user=postgres` };
  const all = { ...settings, ...standby, listen_addresses: '127.0.0.1', unix_socket_directories: '' };
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  postmaster = new Postmaster(prepareInstallation(source, binaries === undefined), flags);
  await postmaster.initialise(hba, standbyOf !== undefined);
  for (let attempt = 1; ; attempt += 1) {
    port = await freePort();
    try {
      return await postmaster.start(port);
    } catch (error) {
      // Another process took the same port.
      if (attempt === ATTEMPTS || !String(error).includes('Address already in use')) throw error;
    }
  }
}

/** The children of a killed server take a moment to notice, and hold its memory until they do. */
async function startAgain(): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await postmaster?.start(port);
    } catch (error) {
      if (attempt === PATIENCE || !String(error).includes('is still in use')) throw error;
      await delay(100);
    }
  }
}

function leave(): Promise<void> {
  leaving ??= postmaster?.remove() ?? Promise.resolve();
  return leaving;
}

function quit(): void {
  void leave().finally(() => process.exit());
}
