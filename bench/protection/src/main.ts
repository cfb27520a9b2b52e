/**
 * `bench:protection`: plays the catalogue, random scenarios and workloads with every policy, prints a table for each, a
 * summary and the goals, and writes `docs/protection.md` with its pictures.
 *
 * - `--seed N`: where all chance comes from; 1 if absent
 * - `--random N`: how many random scenarios; 200 if absent
 * - `--only TEXT`: nothing but scenarios whose name begins so (`crash@high`, `random-17`), printed and not written
 * - `--against presets` or `--against DIRECTORY`: compares the default with the presets, or with `adaptive()` of another
 *   build of core; printed and not written
 * - `--fleets`: nothing but several instances, alone and sharing what they know; writes `docs/sharing.md`
 * - `--trees`: nothing but services of several endpoints; writes `docs/trees.md`
 * - `--repeats N`: with `--only`, how many times each is played
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { circumstances } from '@switchgear/bench/circumstances';
import { textTable } from '@switchgear/bench/text-table';
import { judgeGoals } from './goals/goal.ts';
import { goals } from './goals/goals.ts';
import { policies, policyOf } from './policies/all-policies.ts';
import { otherBuild } from './policies/other-build.ts';
import { presets } from './policies/switchgear.ts';
import { goalTable, worseTable, worstRandomTable } from './report/adaptive-tables.ts';
import { fleetPage } from './report/fleet-page.ts';
import { page } from './report/page.ts';
import { pairedTable, ratioTable } from './report/paired-tables.ts';
import { draw, pictures } from './report/pictures.ts';
import { detectionTable, scenarioTable, summaryTable } from './report/policy-tables.ts';
import type { Rows } from './report/rows.ts';
import { tableOf, treePage } from './report/tree-page.ts';
import { faulty, free, workloadTable } from './report/workload-tables.ts';
import { playFleets } from './results/fleets.ts';
import type { Played } from './results/play.ts';
import { playAll, randomScenarios, run } from './run.ts';
import { catalogue } from './scenarios/catalogue.ts';
import { cellOf } from './scenarios/scenario.ts';
import { workloads } from './scenarios/workloads.ts';
import { playTrees } from './trees/figures.ts';

/** How often each scenario of endpoints is played with each policy. */
const TREE_RUNS = 3;

const options = ['seed', 'random', 'only', 'against', 'repeats'] as const;
const { values } = parseArgs({
  options: {
    ...Object.fromEntries(options.map((name) => [name, { type: 'string' as const }])),
    fleets: { type: 'boolean' },
    trees: { type: 'boolean' },
  },
}) as {
  values: { readonly [Name in (typeof options)[number]]?: string } & {
    readonly fleets?: boolean;
    readonly trees?: boolean;
  };
};
const seed = Number(values.seed ?? 1);
const random = Number(values.random ?? 200);
const { only, against, repeats } = values;

function tell(played: Played): void {
  console.log(`\n${cellOf(played.scenario)}\n\n${textTable(scenarioTable(played))}`);
}

function print(...tables: readonly Rows[]): void {
  for (const table of tables) console.log(`\n${textTable(table)}`);
}

const others = against === undefined ? [] : against === 'presets' ? presets : [await otherBuild(against)];
const compared = against === undefined ? policies : [...['none', 'oracle', 'default'].map(policyOf), ...others];

const where = circumstances(new URL('../package.json', import.meta.url));
const docs = join(import.meta.dirname, '../../../docs');

if (values.fleets) {
  const results = await playFleets(seed, ({ scenario }) => console.log(cellOf(scenario)));
  writeFileSync(join(docs, 'sharing.md'), fleetPage(results, where));
  console.log('\nWritten to docs/sharing.md');
} else if (values.trees) {
  const played = playTrees(seed, TREE_RUNS, ({ scenario }) => console.log(scenario.name));
  writeFileSync(join(docs, 'trees.md'), treePage(played, seed, TREE_RUNS, where));
  console.log(`\n${textTable(tableOf(played, 'during'))}\n\nWritten to docs/trees.md`);
} else if (only !== undefined) {
  const known = [
    ...catalogue,
    ...workloads.map(({ scenario }) => scenario),
    ...randomScenarios(seed, Math.max(random, Number(/^random-(\d+)/.exec(only)?.[1] ?? 0) + 1)),
  ];
  const chosen = known
    .filter((scenario) => cellOf(scenario).startsWith(only))
    .map((scenario) => ({ ...scenario, repeats: Number(repeats ?? scenario.repeats) }));
  for (const scenario of chosen) console.log(JSON.stringify(scenario));
  await playAll(chosen, { seed, tell }, compared);
  process.exitCode = chosen.length > 0 ? 0 : 1;
} else if (against !== undefined) {
  const names = others.map(({ name }) => name);
  const wish = { seed, tell: () => {} };
  print(pairedTable(await playAll(randomScenarios(seed, random), wish, compared), names));
  print(ratioTable(await playAll(catalogue, wish, compared), names));
} else {
  const results = await run({
    seed,
    catalogue,
    random: randomScenarios(seed, random),
    workloads,
    measured: policies,
    effort: 1,
    tell,
  });
  const judged = judgeGoals(goals, results);
  print(
    detectionTable(results, 'all'),
    detectionTable(results, 'most'),
    worseTable(results),
    worstRandomTable(results, 10),
    workloadTable(results, free),
    workloadTable(results, faulty),
    pairedTable(
      results.random,
      presets.map(({ name }) => name),
    ),
    summaryTable(results),
    goalTable(judged),
  );
  mkdirSync(join(docs, 'images'), { recursive: true });
  for (const picture of pictures) writeFileSync(join(docs, picture.path), await draw(picture, seed));
  writeFileSync(join(docs, 'protection.md'), page(results, judged, where));
  console.log('\nWritten to docs/protection.md');
}
