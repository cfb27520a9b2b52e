import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readBudgets } from '../../src/published/budget.ts';
import { SIZE_PAGE, sizePage } from '../../src/published/size-page.ts';

it('the page about size has every budget, with its figure', () => {
  const budgets = readBudgets();
  expect(budgets.length).toBeGreaterThan(10);
  expect(readFileSync(SIZE_PAGE, 'utf8')).toBe(sizePage(budgets));
});
