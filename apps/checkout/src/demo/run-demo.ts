import { writeFile } from 'node:fs/promises';
import { PRICES } from '../orders/prices.ts';
import { calibrate, describeLoad, type Load } from './measure/calibrate.ts';
import { type Circuit, circuitOf } from './measure/circuit.ts';
import { collectEvidence } from './measure/evidence.ts';
import { type BothSides, figuresOf } from './measure/figures.ts';
import { type Saved, savedOf } from './measure/savings.ts';
import type { DemoOptions } from './options.ts';
import type { Run } from './run/run.ts';
import { createPhases, lengthOf, type Phase } from './scenario/phases.ts';
import { runScenario } from './scenario/play.ts';
import { pictureOf } from './screen/picture.ts';
import type { Screen } from './screen/screen.ts';
import { askForCircuits, askForImpact, freshKey } from './shops/operator.ts';
import { startSides } from './shops/start-sides.ts';

/** The result of one run of the demo. */
export interface Result extends BothSides {
  /** The phases that were played. */
  readonly phases: readonly Phase[];

  /** How many customers came, as calibrated for this machine. */
  readonly load: Load;
  readonly circuit: Circuit;
  readonly saved: Saved;
}

/** Starts both shops, runs the scenario on them, and measures the result. */
export async function runDemo(options: DemoOptions, screen: Screen, run: Run): Promise<Result> {
  const { databaseUrl, idempotencyKeys, port } = options;
  const phases = createPhases({ ...options, ownDatabase: databaseUrl === undefined });
  screen.note(openingOf(options, phases));
  const dashboard = { key: freshKey(), port };
  const { sides, dashboardUrl } = await startSides(
    { databaseUrl, idempotencyKeys, dashboard, onMove: screen.move },
    run,
  );
  screen.note(`Dashboard of the shop with breakers: ${dashboardUrl}`);

  const load = await calibrate(sides, run);
  screen.note(describeLoad(load));
  const customers = { perSecond: load.perSecond, duration: lengthOf(phases) };
  await Promise.all(sides.map((side) => side.invite(customers)));

  screen.open({ phases, sides, circuits: await askForCircuits(dashboardUrl), dashboardUrl });
  const moments = await runScenario(phases, sides, run, (_phase, index) => screen.phase(index));
  const estimated = await askForImpact(dashboardUrl);
  const evidence = await Promise.all(sides.map((side, index) => collectEvidence(side, moments[index]!)));
  const [without, withBreakers] = evidence.map(figuresOf);
  const figures = { with: withBreakers!, without: without! };
  if (options.picture !== undefined) {
    const shown = [
      { title: 'Without breakers', records: evidence[0]!.records, outageMeanMs: without!.outageMeanMs },
      { title: 'With breakers', records: evidence[1]!.records, outageMeanMs: withBreakers!.outageMeanMs },
    ] as const;
    await writeFile(options.picture, pictureOf(phases, shown));
  }
  const circuit = circuitOf(phases, sides[1]!.moves, moments[1]!);
  return { ...figures, phases, load, circuit, saved: savedOf(estimated, figures, PRICES) };
}

function openingOf({ databaseUrl, idempotencyKeys }: DemoOptions, phases: readonly Phase[]): string {
  return [
    `The same shop twice, without and with circuit breakers, for ${lengthOf(phases) / 1_000} s. Starting...`,
    ...(databaseUrl ? ['DATABASE_URL is set: that PostgreSQL server is used, and is not killed.'] : []),
    ...(idempotencyKeys ? [] : ['The shops send no idempotency keys.']),
  ].join('\n');
}
