/**
 * `bench:real`: plays every scene with every policy, prints the tables, and writes `docs/real-servers.md`.
 *
 * - `--rounds N`: how often; 3 if absent
 * - `--only TEXT`: nothing but scenes whose name begins so, printed and not written
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { circumstances } from '@switchgear/bench/circumstances';
import { policies } from './policies/all-policies.ts';
import { quiet } from './quiet.ts';
import { page } from './report/page.ts';
import { Results } from './report/results.ts';
import { goalTable, sceneTable } from './report/tables.ts';
import { scenes } from './scenes/all-scenes.ts';

const { values } = parseArgs({ options: { rounds: { type: 'string' }, only: { type: 'string' } } });
const rounds = Number(values.rounds ?? 3);
const chosen = scenes.filter(({ id }) => id.startsWith(values.only ?? ''));

/** In a process of its own, with the flags of this one: it reads the sources of our packages. */
function play(scene: string, policy: string, seed: number): string {
  const program = join(import.meta.dirname, 'measure-one.ts');
  const args = [...process.execArgv, program, scene, policy, String(seed)];
  return execFileSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

const where = circumstances(new URL('../package.json', import.meta.url));
const results = new Results();
for (let round = 1; round <= rounds; round++) {
  for (const { id } of chosen) {
    for (const { name } of policies) {
      await quiet();
      const found = play(id, name, round);
      results.add(id, name, JSON.parse(found));
      console.error(`round ${round}, ${id}, ${name}: ${found.trim()}`);
    }
  }
}

for (const scene of chosen) console.log(`\n${scene.title}\n\n${sceneTable(scene, results)}`);
if (chosen.length === scenes.length) {
  console.log(`\n${goalTable(results)}`);
  writeFileSync(join(import.meta.dirname, '../../../docs/real-servers.md'), page(scenes, results, rounds, where));
  console.log('\nWritten to docs/real-servers.md');
}
