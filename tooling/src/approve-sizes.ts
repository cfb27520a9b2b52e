import { readFileSync, writeFileSync } from 'node:fs';
import { BUDGETS, limitFor, measure, movement, readBudgets, withLimits } from './published/budget.ts';
import { SIZE_PAGE, sizePage } from './published/size-page.ts';

const limits: number[] = [];
for (const budget of readBudgets()) {
  const bytes = await measure(budget);
  limits.push(limitFor(bytes));
  console.log(movement(budget, bytes));
}
writeFileSync(BUDGETS, withLimits(readFileSync(BUDGETS, 'utf8'), limits));
writeFileSync(SIZE_PAGE, sizePage(readBudgets()));
