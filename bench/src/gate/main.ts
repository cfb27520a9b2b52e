import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { textTable } from '../report/text-table.ts';
import { type Budgets, judge, movements } from './budgets.ts';
import { canCountInstructions, countAll } from './count.ts';

// `pnpm bench:gate` fails if a call or a breaker takes more bytes or instructions than its budget; with `--approve` it
// writes what was counted as the new budgets.

const FILE = new URL('../../gate-budgets.json', import.meta.url);

const { values, positionals } = parseArgs({ options: { approve: { type: 'boolean' } }, allowPositionals: true });
const budgets = JSON.parse(readFileSync(FILE, 'utf8')) as Budgets;
const complete = await canCountInstructions;
if (!complete) console.log('INSTRUCTIONS NOT COUNTED: that needs valgrind, on Linux, x64');

const counts = await countAll(positionals[0]);
const rows = counts.map(({ what, bytes, instructions }) => [what, bytes, instructions]);
console.log(textTable({ columns: ['', 'bytes', 'instructions'], rows }));

if (values.approve) approve();
else compare();

function approve(): void {
  if (!complete || positionals.length > 0) throw new Error('only counts of everything can be approved');
  for (const line of movements(budgets, counts)) console.log(line);
  writeFileSync(FILE, `${JSON.stringify({ node: process.version, counts }, undefined, 2)}\n`);
}

function compare(): void {
  const { failures, gains } = judge(budgets, counts);
  for (const line of gains) console.log(`less than its budget: ${line}`);
  if (gains.length > 0) console.log('pnpm bench:gate --approve keeps these gains');
  for (const line of failures) console.log(`OVER ITS BUDGET: ${line}`);
  if (process.version !== budgets.node)
    console.log(`the budgets are those of Node ${budgets.node}, not ${process.version}`);
  if (failures.length > 0)
    console.log('make it cheaper, or run pnpm bench:gate --approve and give the reason in the commit');
  const isMissing = !complete && process.env['CI'] !== undefined;
  process.exitCode = failures.length > 0 || isMissing ? 1 : 0;
}
