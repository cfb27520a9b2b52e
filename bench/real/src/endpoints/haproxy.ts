import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as passing } from 'node:timers/promises';
import { freePort } from '@switchgear/testkit';
import { LIMIT } from './limit.ts';
import type { TroubledServer } from './servers.ts';

/** Whether there is a HAProxy to compare with. */
export const hasHaproxy: boolean = spawnSync('haproxy', ['-v']).status === 0;

/**
 * HAProxy as its manual has passive checks: ten errors in answers mark a server down, and checks bring it back; least
 * connections, one retry at another server.
 */
function settings(port: number, servers: readonly TroubledServer[]): string {
  const lines = servers.map(
    (server, index) =>
      `  server s${index} 127.0.0.1:${server.port} check observe layer7 error-limit 10 on-error mark-down inter 2s fall 3 rise 2`,
  );
  return `global
  maxconn 2000
defaults
  mode http
  timeout connect ${LIMIT}ms
  timeout client 5s
  timeout server ${LIMIT}ms
  timeout check 1s
  retries 1
  option redispatch 1
  retry-on 503 conn-failure empty-response response-timeout
frontend front
  bind 127.0.0.1:${port}
  default_backend servers
backend servers
  balance leastconn
  option httpchk GET /
${lines.join('\n')}
`;
}

/** Starts HAProxy in front of these servers. */
export async function startHaproxy(
  servers: readonly TroubledServer[],
): Promise<{ url: string; close(): Promise<void> }> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'haproxy-'));
  const file = join(folder, 'haproxy.cfg');
  writeFileSync(file, settings(port, servers));
  const child = spawn('haproxy', ['-db', '-f', file], { stdio: 'ignore' });
  const exited = once(child, 'exit');
  while (!(await listens(port))) {
    if (child.exitCode !== null) throw new Error(`haproxy ended with ${child.exitCode}`);
    await passing(50);
  }
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      child.kill('SIGKILL');
      await exited;
      rmSync(folder, { recursive: true });
    },
  };
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
