import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@switchgear/testkit';
import type { StoreServer } from '@switchgear/testkit/stores';
import { Miniflare } from 'miniflare';
import type { HubNamespace } from '../../src/durable-object/index.ts';

/** A Worker that hands each request on to the object that its path names. The hub imports nothing, so it can stand before. */
function worker(): string {
  const hub = readFileSync(new URL('../../src/durable-object/breaker-hub.ts', import.meta.url), 'utf8');
  return `${stripTypeScriptTypes(hub)}
export default {
  fetch(request, { HUB }) {
    return HUB.get(HUB.idFromName(new URL(request.url).pathname)).fetch(request);
  },
};`;
}

/** A workerd with Durable Objects. After a restart what its objects stored is there, what they had in memory is not. */
export type HubServer = Omit<StoreServer, 'home' | 'pid'>;

/** Starts one on a free port. */
export async function startHub(): Promise<HubServer> {
  const folder = await mkdtemp(join(tmpdir(), 'switchgear-hub-'));
  const port = await freePort();
  let running = await run(port, folder);
  return {
    port,
    async kill() {
      signal(running.pid, 'SIGKILL');
      await running.workers.dispose().catch(() => undefined);
    },
    async restart() {
      running = await run(port, folder);
    },
    pause: () => void signal(running.pid, 'SIGSTOP'),
    resume: () => void signal(running.pid, 'SIGCONT'),
    async stop() {
      await running.workers.dispose().catch(() => undefined);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The binding as a Worker has it, from outside: each question is a request of its own. */
export function hubAt(port: number): HubNamespace<string> {
  return {
    idFromName: (name) => name,
    get: (name) => ({ fetch: (_, init) => fetch(`http://127.0.0.1:${port}/${encodeURIComponent(name)}`, init) }),
  };
}

async function run(
  port: number,
  folder: string,
): Promise<{ readonly workers: Miniflare; readonly pid: number | undefined }> {
  const others = new Set(workerds());
  const workers = new Miniflare({
    port,
    modules: true,
    script: worker(),
    compatibilityDate: '2026-01-01',
    durableObjects: { HUB: { className: 'BreakerHub' } },
    durableObjectsPersist: folder,
  });
  await workers.ready;
  return { workers, pid: workerds().find((each) => !others.has(each)) };
}

/** Miniflare does not say which process it started, so it can be hurt only where it can be found. */
function signal(pid: number | undefined, name: NodeJS.Signals): void {
  if (pid === undefined) throw new Error('workerd is found in /proc, which only Linux has');
  process.kill(pid, name);
}

/** The processes of workerd that this process started; none where there is no /proc. */
function workerds(): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && statusOf(name).includes(`\nPPid:\t${process.pid}\n`))
    .filter((name) => statusOf(name).startsWith('Name:\tworkerd\n'))
    .map(Number);
}

/** A process may end while we look. */
function statusOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return '';
  }
}
