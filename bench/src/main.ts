import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { GOAL_COLUMNS, goalRows, judgeGoals } from './goals/judge.ts';
import { barChart } from './report/bar-chart.ts';
import { circumstances } from './report/machine.ts';
import { figuresOf, type Measured, page, pictureOf } from './report/page.ts';
import { textTable } from './report/text-table.ts';
import { allTables } from './tables/all-tables.ts';
import type { Findings, Table } from './tables/table.ts';

const ATTEMPTS = 5;

const { values, positionals } = parseArgs({ options: { quick: { type: 'boolean' } }, allowPositionals: true });
const chosen = positionals.length > 0 ? allTables.filter(({ id }) => positionals.includes(id)) : allTables;

/** Measures until the figures are plausible. A busy machine needs more than one attempt. */
function measure(table: Table): Findings {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const findings = measureOnce(table);
    if (values.quick || (table.sound?.(findings.figures) ?? true)) return findings;
    console.error(`${table.title}: an observed call was faster than a bare one; measuring again`);
  }
  throw new Error(`${table.title}: no plausible figures in ${ATTEMPTS} attempts; the machine is too busy`);
}

/** Measures a table in a process of its own, with its flags. */
function measureOnce({ id, flags = [] }: Table): Findings {
  const args = [...flags, join(import.meta.dirname, 'measure-one.ts'), id, values.quick ? 'quick' : 'thorough'];
  const stdio = ['ignore', 'pipe', 'inherit'] as const;
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', stdio: [...stdio], maxBuffer: 1e8 }));
}

const where = circumstances(new URL('../package.json', import.meta.url));
const measured: Measured[] = [];
for (const table of chosen) {
  const findings = measure(table);
  measured.push({ table, findings });
  console.log(`\n${table.title}\n\n${textTable(findings)}`);
}
// A quick run has too few calls to judge goals.
if (!values.quick)
  console.log(`\n${textTable({ columns: GOAL_COLUMNS, rows: goalRows(judgeGoals(figuresOf(measured))) })}`);

// The page is written only from all tables of a thorough run.
if (!values.quick && chosen === allTables) {
  const docs = join(import.meta.dirname, '../../docs');
  mkdirSync(join(docs, 'images'), { recursive: true });
  for (const { table, findings } of measured) {
    if (findings.picture) writeFileSync(join(docs, pictureOf(table)), barChart(findings.picture));
  }
  writeFileSync(join(docs, 'benchmarks.md'), page(measured, where));
  console.log('\nWritten to docs/benchmarks.md');
}
