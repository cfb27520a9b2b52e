import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { asPage, differences, explanationsIn } from './explanations.ts';
import { leftOut, type Report, scoresOf, survivorsOf } from './report.ts';
import { commitUnderTest, proofs, type Result, resultsIn, table } from './results.ts';

/** The least share of mutants that tests have to notice, in each folder. */
const LEAST = 0.95;

/**
 * The folders whose every file is held to it: what decides when a circuit moves, the path of a call, what is read from
 * HTTP answers, and what tells people about it.
 */
const HELD = [
  'call',
  'circuit',
  'http',
  'presets',
  'machine',
  'window',
  'rules',
  'detector',
  'open-for',
  'recover',
  'registry',
  'explain',
  'adaptive',
  'vitals',
];

/** The page of results. */
const PAGE = '../../docs/proofs-mutation.md';

// `mutants` runs those folders, `mutants window rules` these two; `--write` brings their lines on the page up to date.
const asked = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const writes = process.argv.includes('--write');
const commit = writes ? commitUnderTest() : '';
const folders = asked.length > 0 ? asked : HELD;
const pattern = folders.map((folder) => `src/${folder}/**/*.ts`).join();

// A mutant that one seed kills and another spares would be a survivor on some days only; and no smallest case is asked for.
const env = { ...process.env, PROOF_SEED: '5', PROOF_UNSHRUNK: 'yes' };
const args = ['run', 'stryker.config.json', '--mutate', pattern];
const stryker = spawnSync('stryker', args, { stdio: 'inherit', env });
if (stryker.status !== 0) process.exit(stryker.status ?? 1);

const report = JSON.parse(readFileSync('.report/mutants.json', 'utf8')) as Report;
const survivors = survivorsOf(report);
const results = new Map(
  [...scoresOf(report)].map(([folder, score]): [string, Result] => [folder, { ...score, commit }]),
);
const explained = explanationsIn(readFileSync('mutants.md', 'utf8')).filter(
  ({ file }) => asked.length === 0 || asked.some((folder) => file.startsWith(`src/${folder}/`)),
);

const wrong = [...leftOut(report), ...differences(survivors, explained)];
for (const [folder, { killed, all }] of results) {
  if (killed < LEAST * all) wrong.push(`${folder}: ${killed} of ${all} killed, less than ${LEAST * 100} %`);
}

writeFileSync('.report/survivors.md', asPage(survivors));
if (writes) writeFileSync(PAGE, proofs(new Map([...resultsIn(readFileSync(PAGE, 'utf8')), ...results])));
console.log(table(results));
for (const each of wrong) console.error(each);
process.exitCode = wrong.length > 0 ? 1 : 0;
