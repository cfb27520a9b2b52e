/**
 * `bench:protection`: plays the catalogue and random scenarios with every policy, prints a table for each scenario, a
 * summary and the goals, and writes `docs/protection.md` with its pictures.
 *
 * - `--seed N`: where all chance comes from; 1 if absent
 * - `--random N`: how many random scenarios; 200 if absent
 * - `--only TEXT`: nothing but scenarios whose name begins so (`crash@high`, `random-17`), printed and not written
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { circumstances } from '@switchgear/bench/circumstances';
import { textTable } from '@switchgear/bench/text-table';
import { judgeGoals } from './goals/goal.ts';
import { goals } from './goals/goals.ts';
import { policies } from './policies/all-policies.ts';
import { goalTable, worseTable, worstRandomTable } from './report/adaptive-tables.ts';
import { page } from './report/page.ts';
import { draw, pictures } from './report/pictures.ts';
import { detectionTable, scenarioTable, summaryTable } from './report/policy-tables.ts';
import type { Played } from './results/play.ts';
import { playAll, randomScenarios, run } from './run.ts';
import { catalogue } from './scenarios/catalogue.ts';
import { cellOf } from './scenarios/scenario.ts';

const { values } = parseArgs({
  options: { seed: { type: 'string' }, random: { type: 'string' }, only: { type: 'string' } },
});
const seed = Number(values.seed ?? 1);
const random = Number(values.random ?? 200);
const { only } = values;

function tell(played: Played): void {
  console.log(`\n${cellOf(played.scenario)}\n\n${textTable(scenarioTable(played))}`);
}

if (only !== undefined) {
  const known = [
    ...catalogue,
    ...randomScenarios(seed, Math.max(random, Number(/^random-(\d+)/.exec(only)?.[1] ?? 0) + 1)),
  ];
  const chosen = known.filter((scenario) => cellOf(scenario).startsWith(only));
  for (const scenario of chosen) console.log(JSON.stringify(scenario));
  await playAll(chosen, { seed, tell });
  process.exitCode = chosen.length > 0 ? 0 : 1;
} else {
  const where = circumstances(new URL('../package.json', import.meta.url));
  const results = await run({
    seed,
    catalogue,
    random: randomScenarios(seed, random),
    measured: policies,
    effort: 1,
    tell,
  });
  const judged = judgeGoals(goals, results);
  const tables = [
    detectionTable(results, 'all'),
    detectionTable(results, 'most'),
    worseTable(results),
    worstRandomTable(results, 10),
    summaryTable(results),
    goalTable(judged),
  ];
  for (const table of tables) console.log(`\n${textTable(table)}`);
  const docs = join(import.meta.dirname, '../../../docs');
  mkdirSync(join(docs, 'images'), { recursive: true });
  for (const picture of pictures) writeFileSync(join(docs, picture.path), await draw(picture, seed));
  writeFileSync(join(docs, 'protection.md'), page(results, judged, where));
  console.log('\nWritten to docs/protection.md');
}
