/**
 * Cleans up after the demo. It runs in a process and session of its own, so that it also works when the demo is killed: a
 * killed process runs no handlers, but its pipes close. It reads leftovers as lines of JSON and removes them at the end of input.
 */

import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import pg from 'pg';
import type { Leftover } from './cleanup.ts';

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);

const leftovers: Leftover[] = [];
for await (const line of createInterface(process.stdin)) leftovers.push(JSON.parse(line));
await Promise.all(leftovers.map(remove));

async function remove(leftover: Leftover): Promise<void> {
  if ('directory' in leftover) return rm(leftover.directory, { recursive: true, force: true, maxRetries: 10 });
  const client = new pg.Client({ connectionString: leftover.server });
  await client.connect();
  await client.query(`drop database if exists ${pg.escapeIdentifier(leftover.database)} with (force)`);
  await client.end();
}
