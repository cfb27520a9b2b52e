import { randomUUID } from 'node:crypto';
import { mkdir, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Act, createActs, lengthOf } from './acts.ts';
import { createDatabaseOn, startOwnDatabase } from './database.ts';
import { collectEvidence } from './evidence.ts';
import { figuresOf } from './figures.ts';
import type { DemoOptions } from './options.ts';
import { type Remains, startJanitor } from './remains.ts';
import type { Run } from './run.ts';
import type { Screen } from './screen.ts';
import { type Side, type SideName, startSide } from './side.ts';
import { playStory } from './story.ts';
import type { Result } from './table.ts';

/** Orders a second and side: a busy shop, and far from what two cores can do. */
const PER_SECOND = 30;

const SIDES: readonly SideName[] = ['without', 'with'];

/** Starts both sides, plays them the story, and counts what came of it. */
export async function runDemo(options: DemoOptions, screen: Screen, run: Run): Promise<Result> {
  const leave = startJanitor(run);
  const directory = await makeDirectory(leave);
  const acts = createActs({ ...options, ownDatabase: options.databaseUrl === undefined });
  screen.note(openingOf(options, acts));

  const start = async (name: SideName): Promise<Side> => {
    const database = options.databaseUrl
      ? await createDatabaseOn(options.databaseUrl, name, leave, run)
      : await startOwnDatabase(run);
    const onMove = screen.move;
    const lasting = lengthOf(acts);
    return startSide({ ...options, name, database, directory, perSecond: PER_SECOND, lasting, onMove }, run);
  };
  const sides = await Promise.all(SIDES.map(start));
  for (const { name, addresses } of sides) screen.note(`Shop ${name} breakers: ${addresses.join(' ')}`);

  screen.open(acts, sides);
  const moments = await playStory(acts, sides, run, (_act, index) => screen.act(index));
  const [without, withBreakers] = await Promise.all(
    sides.map(async (side, index) => figuresOf(await collectEvidence(side, moments[index]!))),
  );
  return { with: withBreakers!, without: without! };
}

async function makeDirectory(leave: (remains: Remains) => void): Promise<string> {
  const directory = join(await realpath(tmpdir()), `switchgear-checkout-${randomUUID()}`);
  leave({ directory });
  await mkdir(directory);
  return directory;
}

function openingOf({ databaseUrl, idempotencyKeys }: DemoOptions, acts: readonly Act[]): string {
  return [
    `The same shop twice, without and with circuit breakers, ${PER_SECOND} orders a second each, for ${lengthOf(acts) / 1_000} s.`,
    ...(databaseUrl ? ['PostgreSQL is yours (DATABASE_URL), so it is not killed.'] : []),
    ...(idempotencyKeys ? [] : ['The shops send no idempotency keys.']),
    'Starting...',
  ].join('\n');
}
