import { describe, expect, it } from 'vitest';
import { goals } from '../src/goals/goals.ts';
import { judgeGoals } from '../src/goals/judge.ts';
import { QUICK } from '../src/measure/pace.ts';
import { barChart } from '../src/report/bar-chart.ts';
import { figuresOf, type Measured, page } from '../src/report/page.ts';
import { allTables } from '../src/tables/all-tables.ts';

// Importing starts a process for each library, which takes its time and shows nothing that the others do not.
const tables = allTables.filter(({ id }) => id !== 'import');
const measured: Measured[] = [];
for (const table of tables) measured.push({ table, findings: await table.measure(QUICK) });
const figures = figuresOf(measured);

describe.each(measured.map((each) => [each.table.id, each] as const))('the table %s', (_id, { findings }) => {
  it('has a cell for each column at most, and a name in each row', () => {
    expect(findings.rows.length).toBeGreaterThan(0);
    for (const row of findings.rows) {
      expect(row.length).toBeLessThanOrEqual(findings.columns.length);
      expect(row[0]).toEqual(expect.any(String));
    }
  });

  it('has finite figures only', () => {
    expect(Object.entries(findings.figures).filter(([, value]) => !Number.isFinite(value))).toEqual([]);
  });
});

it('every goal has a figure to be judged by', () => {
  const judged = new Set(judgeGoals({ ...figures, 'import/@switchgear/core: over': 0 }).map(({ goal }) => goal));
  expect(goals.filter((goal) => !judged.has(goal)).map(({ what }) => what)).toEqual([]);
});

it('the page names every table and shows every picture', () => {
  const text = page(measured, ['somewhere']);
  for (const { table, findings } of measured) {
    expect(text).toContain(`## ${table.title}`);
    if (!findings.picture) continue;
    expect(text).toContain(`](images/bench-${table.id}.svg)`);
    expect(barChart(findings.picture)).toContain(findings.picture.title);
  }
});
