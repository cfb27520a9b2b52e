/**
 * Tries our packages, as npm gets them, in every kind of project. Arguments choose kinds by a word of their names;
 * `--corners` chooses those of the test command. Writes `.report/works-in.md`. Needs the builds, and npm's registry.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { packAll } from '../published/pack-all.ts';
import { kinds } from './kinds.ts';
import { type Line, tryKind } from './line.ts';
import { isBad, tableOf, textOf } from './table.ts';
import { workshop } from './workshop.ts';

const REPORT = join(import.meta.dirname, '../../.report');

const { values, positionals } = parseArgs({ options: { corners: { type: 'boolean' } }, allowPositionals: true });
const isNamed = (name: string) => positionals.some((word) => name === word || name.split(/,? |:/).includes(word));
const chosen = kinds.filter(
  ({ name, corner }) => (positionals.length === 0 || isNamed(name)) && (!values.corners || corner),
);
if (chosen.length === 0) {
  console.error(`There is no such kind. There are:\n   ${kinds.map(({ name }) => name).join('\n   ')}`);
  process.exit(2);
}

const packed = mkdtempSync(join(tmpdir(), 'switchgear-packed-'));
const shop = workshop(packAll(packed));
process.once('exit', () => {
  shop[Symbol.dispose]();
  rmSync(packed, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const lines: Line[] = [];
for (const kind of chosen) {
  const line = await tryKind(kind, shop);
  lines.push(line);
  console.log(textOf(line));
  for (const error of line.errors) console.log(`   ${error.replaceAll('\n', '\n   ')}`);
}

const table = tableOf(lines);
mkdirSync(REPORT, { recursive: true });
writeFileSync(join(REPORT, 'works-in.md'), `${table}\n`);
console.log(`\n${table}`);
process.exitCode = lines.some((line) => isBad(line, Boolean(process.env['CI']))) ? 1 : 0;
