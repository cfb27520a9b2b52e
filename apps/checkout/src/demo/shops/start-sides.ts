import { randomUUID } from 'node:crypto';
import { mkdir, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Leftover, startCleanup } from '../run/cleanup.ts';
import type { Run } from '../run/run.ts';
import { createDatabaseOn, startOwnDatabase } from './database.ts';
import { type Side, type SideName, type SideOptions, startSide } from './side.ts';

/** Options for both sides. */
export interface SidesOptions extends Omit<SideOptions, 'name' | 'database' | 'directory'> {
  /** A PostgreSQL server to use instead of starting one. */
  readonly databaseUrl: string | undefined;
}

const SIDES: readonly SideName[] = ['without', 'with'];

/** The same shop twice. */
export interface StartedSides {
  /** Without breakers, then with. */
  readonly sides: readonly Side[];

  /** The dashboard of the shop with breakers. */
  readonly dashboardUrl: string;
}

/** Starts the same shop twice, without and with breakers, and registers the cleanup of both. */
export async function startSides(options: SidesOptions, run: Run): Promise<StartedSides> {
  const registerLeftover = startCleanup(run);
  const directory = await makeDirectory(registerLeftover);
  const start = async (name: SideName): Promise<Side> => {
    const database = options.databaseUrl
      ? await createDatabaseOn(options.databaseUrl, name, registerLeftover, run)
      : await startOwnDatabase(run);
    return startSide({ ...options, name, database, directory }, run);
  };
  const sides = await Promise.all(SIDES.map(start));
  const [dashboardUrl] = sides.flatMap((side) => side.dashboardUrl ?? []);
  if (!dashboardUrl) throw new Error('No shop serves a dashboard');
  return { sides, dashboardUrl };
}

async function makeDirectory(registerLeftover: (leftover: Leftover) => void): Promise<string> {
  const directory = join(await realpath(tmpdir()), `switchgear-checkout-${randomUUID()}`);
  registerLeftover({ directory });
  await mkdir(directory);
  return directory;
}
