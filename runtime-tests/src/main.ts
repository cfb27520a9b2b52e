/**
 * One list of specs on every runtime, against the built packages. Of the versions of one runtime only the oldest and the
 * newest run, unless `--all` is given, as `test:runtimes` does. Names of runtimes as arguments run those alone. Writes
 * `.report/runtimes.json` for the test command.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { describeDifference, differences } from './matrix/differences.ts';
import { exitCodeOf, tallyOf, textOf } from './matrix/line.ts';
import { runMatrix } from './matrix/run-matrix.ts';
import { allRuntimes, runtimes } from './runtimes/runtimes.ts';
import { startSpecServer } from './runtimes/spec-server.ts';

const REPORT = fileURLToPath(new URL('../.report/', import.meta.url));

const { values, positionals: wanted } = parseArgs({ options: { all: { type: 'boolean' } }, allowPositionals: true });
const known = values.all || wanted.length > 0 ? allRuntimes : runtimes;
const chosen = known.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
if (chosen.length === 0) {
  console.error(`There is no such runtime. There are: ${allRuntimes.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}

const server = await startSpecServer({});
const lines = await runMatrix(chosen, server.around, ({ name }) => console.log(`... ${name} is through`));
await server.close();

mkdirSync(REPORT, { recursive: true });
writeFileSync(`${REPORT}runtimes.json`, JSON.stringify(lines.map(tallyOf)));

for (const difference of differences(lines)) console.log(`\n${describeDifference(difference)}`);
console.log('');
for (const line of lines) console.log(textOf(line));
const skipped = lines.filter((line) => line.skipped !== undefined);
if (skipped.length > 0) console.error(`\n*** ${skipped.length} of ${lines.length} runtimes did NOT run.`);
process.exitCode = exitCodeOf(lines, Boolean(process.env['CI']));
