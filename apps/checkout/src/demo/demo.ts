import { PRICES } from '../orders/prices.ts';
import { type Act, createActs, lengthOf } from './acts.ts';
import { circuitOf } from './circuit.ts';
import { askForImpact, freshKey } from './dashboard.ts';
import { collectEvidence } from './evidence.ts';
import { figuresOf } from './figures.ts';
import type { DemoOptions } from './options.ts';
import { rehearse, sayLoad } from './rehearsal.ts';
import type { Result } from './result.ts';
import type { Run } from './run.ts';
import { savedOf } from './saved.ts';
import type { Screen } from './screen.ts';
import { startSides } from './start-sides.ts';
import { playStory } from './story.ts';

/** Starts both sides, plays them the story, and counts what came of it. */
export async function runDemo(options: DemoOptions, screen: Screen, run: Run): Promise<Result> {
  const { databaseUrl, idempotencyKeys, port } = options;
  const acts = createActs({ ...options, ownDatabase: databaseUrl === undefined });
  screen.note(openingOf(options, acts));
  const dashboard = { key: freshKey(), port };
  const { sides, dashboardUrl } = await startSides(
    { databaseUrl, idempotencyKeys, dashboard, onMove: screen.move },
    run,
  );
  for (const { name, addresses } of sides) screen.note(`Shop ${name} breakers: ${addresses.join(' ')}`);
  screen.note(`Dashboard: ${dashboardUrl}`);

  const load = await rehearse(sides, run);
  screen.note(sayLoad(load));
  const customers = { perSecond: load.perSecond, lasting: lengthOf(acts) };
  await Promise.all(sides.map((side) => side.invite(customers)));

  screen.open(acts, sides, dashboardUrl);
  const moments = await playStory(acts, sides, run, (_act, index) => screen.act(index));
  const estimated = await askForImpact(dashboardUrl);
  const [without, withBreakers] = await Promise.all(
    sides.map(async (side, index) => figuresOf(await collectEvidence(side, moments[index]!))),
  );
  const figures = { with: withBreakers!, without: without! };
  const circuit = circuitOf(acts, sides[1]!.moves, moments[1]!);
  return { ...figures, load, circuit, saved: savedOf(estimated, figures, PRICES) };
}

function openingOf({ databaseUrl, idempotencyKeys }: DemoOptions, acts: readonly Act[]): string {
  return [
    `The same shop twice, without and with circuit breakers, for ${lengthOf(acts) / 1_000} s.`,
    ...(databaseUrl ? ['PostgreSQL is yours (DATABASE_URL), so it is not killed.'] : []),
    ...(idempotencyKeys ? [] : ['The shops send no idempotency keys.']),
    'Starting...',
  ].join('\n');
}
