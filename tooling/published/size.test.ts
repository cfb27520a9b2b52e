import { afterAll, describe, expect, it } from 'vitest';
import { measure, readBudgets } from '../src/published/budget.ts';
import { readRepository } from '../src/repository/read-repository.ts';
import { publicPackages } from '../src/repository/workspace.ts';

const budgets = readBudgets();
const measured: Record<string, { bytes: number; goal: number | string; limit: number }> = {};

describe('gzip bytes stay within the budget', () => {
  it.each(budgets.map((budget) => [budget.what, budget] as const))('%s', async (what, budget) => {
    const bytes = await measure(budget);
    measured[what] = { bytes, goal: budget.goal ?? '', limit: budget.limit };
    const over = `${what} is ${bytes - budget.limit} bytes over its limit: make it smaller, or run pnpm size:approve`;
    expect(bytes, over).toBeLessThanOrEqual(budget.limit);
  });

  it('every package has a budget', () => {
    const budgeted = budgets.map((budget) => budget.package);
    const missing = publicPackages(readRepository()).filter(({ folder }) => !budgeted.includes(folder));
    const help = 'add an entry with "limit": 0 to tooling/size-budget.json and run pnpm size:approve';
    expect(
      missing.map(({ folder }) => folder),
      help,
    ).toEqual([]);
  });

  afterAll(() => console.table(measured));
});
