import type { Account } from '../document/account.ts';
import type { Place } from '../document/place.ts';
import type { BreakerData } from '../own/data.ts';
import { type Codec, number, whole } from '../values/codec.ts';
import { retryBudgetTable, thresholdTable } from './envoy-tables.ts';
import { Section } from './section.ts';

/** Envoy's limits for each priority, which it calls circuit breakers. One is carried: that of the default priority. */
export function readPriorities(of: Section, account: Account): BreakerData {
  const all = of.items('thresholds');
  const chosen = all.find((place) => !isHigh(place)) ?? all[0];
  for (const place of all)
    if (place !== chosen)
      account.note(place, 'not carried', 'there is one bulkhead: the limits of DEFAULT are carried');
  if (!chosen) return {};
  account.remark(
    chosen,
    'approximated',
    'these are bulkheads, not breakers: limits on calls at once, which open nothing',
  );
  const limits = new Section(chosen, account, thresholdTable);
  const concurrent = limits.read('max_requests', whole());
  const queue = limits.read('max_pending_requests', whole(0));
  const budget = readBudget(limits, account);
  limits.rest('a threshold');
  // Envoy's own limit, where only that of those who wait is given.
  const places = concurrent ?? (queue === undefined ? undefined : 1_024);
  return {
    ...(places !== undefined && { bulkhead: { concurrent: places, ...(queue !== undefined && { queue }) } }),
    ...(budget && { retryBudget: budget }),
  };
}

function isHigh(place: Place): boolean {
  return /^high$/i.test(String(place.entries?.get('priority')?.value));
}

/** Limits on retries: of the budget if there is one, otherwise of those at once. Envoy's defaults are 20 % and 3. */
export function readBudget(of: Section, account: Account): BreakerData['retryBudget'] {
  const place = of.at('retry_budget');
  if (place) of.note('max_retries', 'not carried', 'has no effect beside retry_budget');
  if (of.at('max_retries')?.value === 0) of.note('max_retries', 'not carried', 'a budget cannot be 0: do not retry');
  const retries = of.read('max_retries', whole(0));
  if (!place) return retries ? { burst: retries } : undefined;
  const budget = new Section(place, account, retryBudgetTable);
  const whole100 = budget.at('budget_percent')?.entries
    ? budget.section('budget_percent', {})?.read('value', PERCENT)
    : (budget.read('budget_percent', PERCENT) ?? budget.read('percent', PERCENT));
  const burst = budget.read('min_retry_concurrency', whole(0)) ?? 3;
  budget.rest('retry_budget');
  return { share: (whole100 ?? 20) / 100, burst: Math.max(1, burst) };
}

const PERCENT: Codec<number> = {
  what: 'a percentage greater than 0 and at most 100',
  read: (value) => number(1e-9, 100).read(value),
  write: (value) => value,
  schema: { type: 'number' },
};
