/**
 * Cleans up after the demo, in a process and a session of its own, so that it still does when the demo is killed: no
 * handler runs in a process that is killed, but its pipes close. It reads what there is to remove, a line of JSON each,
 * and removes it once there are no more lines.
 */
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import pg from 'pg';
import type { Remains } from './remains.ts';

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);

const remains: Remains[] = [];
for await (const line of createInterface(process.stdin)) remains.push(JSON.parse(line));
await Promise.all(remains.map(remove));

async function remove(remains: Remains): Promise<void> {
  if ('directory' in remains) return rm(remains.directory, { recursive: true, force: true, maxRetries: 10 });
  const client = new pg.Client({ connectionString: remains.server });
  await client.connect();
  await client.query(`drop database if exists ${pg.escapeIdentifier(remains.database)} with (force)`);
  await client.end();
}
