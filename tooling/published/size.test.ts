import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Budget, bundleOf } from '../src/published/size.ts';
import { readRepository, root } from '../src/repository/read-repository.ts';
import { publicPackages } from '../src/repository/workspace.ts';

const packages = publicPackages(readRepository());
const budgets = JSON.parse(readFileSync(join(import.meta.dirname, '../size-budget.json'), 'utf8')) as Budget[];
const measured: Record<string, { bytes: number; goal: number | string; limit: number }> = {};

describe('gzip bytes stay within the budget', () => {
  it.each(budgets.map((budget) => [budget.what, budget] as const))('%s', async (what, budget) => {
    const owner = packages.find(({ folder }) => folder === budget.package);
    const hosts = [...Object.keys(owner?.manifest.peerDependencies ?? {}), ...(budget.without ?? [])];
    const { gzip: bytes } = await bundleOf(budget.import, join(root, budget.package), { hosts });
    measured[what] = { bytes, goal: budget.goal ?? '', limit: budget.limit };
    expect(bytes).toBeLessThanOrEqual(budget.limit);
  });

  it('every package has a budget', () => {
    const budgeted = budgets.map((budget) => budget.package);
    expect(packages.map(({ folder }) => folder).filter((folder) => !budgeted.includes(folder))).toEqual([]);
  });

  afterAll(() => console.table(measured));
});
