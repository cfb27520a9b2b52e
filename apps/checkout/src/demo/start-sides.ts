import { randomUUID } from 'node:crypto';
import { mkdir, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDatabaseOn, startOwnDatabase } from './database.ts';
import { type Remains, startJanitor } from './remains.ts';
import type { Run } from './run.ts';
import { type Side, type SideName, type SideOptions, startSide } from './side.ts';

/** What both sides are started with. */
export interface SidesOptions extends Omit<SideOptions, 'name' | 'database' | 'directory'> {
  /** A PostgreSQL server to use instead of our own. */
  readonly databaseUrl: string | undefined;
}

const SIDES: readonly SideName[] = ['without', 'with'];

/** The same shop twice. */
export interface StartedSides {
  /** Without breakers, then with. */
  readonly sides: readonly Side[];

  /** Where the breakers of the second are to be seen. */
  readonly dashboardUrl: string;
}

/** Starts the same shop twice, without and with breakers, and sees to it that nothing of either is left behind. */
export async function startSides(options: SidesOptions, run: Run): Promise<StartedSides> {
  const leave = startJanitor(run);
  const directory = await makeDirectory(leave);
  const start = async (name: SideName): Promise<Side> => {
    const database = options.databaseUrl
      ? await createDatabaseOn(options.databaseUrl, name, leave, run)
      : await startOwnDatabase(run);
    return startSide({ ...options, name, database, directory }, run);
  };
  const sides = await Promise.all(SIDES.map(start));
  const [dashboardUrl] = sides.flatMap((side) => side.dashboardUrl ?? []);
  if (!dashboardUrl) throw new Error('No shop serves a dashboard');
  return { sides, dashboardUrl };
}

async function makeDirectory(leave: (remains: Remains) => void): Promise<string> {
  const directory = join(await realpath(tmpdir()), `switchgear-checkout-${randomUUID()}`);
  leave({ directory });
  await mkdir(directory);
  return directory;
}
