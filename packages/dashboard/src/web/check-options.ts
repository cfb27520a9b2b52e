import { requireFunction, requireOptions, requireWhole } from '@switchgear/core/adapter';
import { requireString, requireStrings } from '../check/require.ts';
import { OBSERVE_OPTIONS } from '../history/options.ts';
import { requirePrices } from '../impact/prices.ts';
import type { DashboardOptions } from './options.ts';

/** The names of the options that are the page's own. */
const OWN: readonly string[] = ['title', 'group', 'prices', 'authorize', 'onAudit', 'origins', 'streams'];

/** All names. */
export const DASHBOARD_OPTIONS: readonly string[] = [...OBSERVE_OPTIONS, ...OWN];

/** What is said of the page, and what of observing. @throws {TypeError | RangeError} naming the option, the rule and the value */
export function checkOptions(options: DashboardOptions): { readonly page: DashboardOptions; readonly observe: object } {
  const page = requireOptions('dashboard', options, DASHBOARD_OPTIONS);
  const { title = '', prices = {}, origins = [], streams = 0 } = page;
  requireString('title', title);
  for (const name of ['group', 'authorize', 'onAudit'] as const) {
    if (page[name] !== undefined) requireFunction(name, page[name]);
  }
  requirePrices(prices);
  requireStrings('origins', origins);
  requireWhole('streams', streams, 0);
  return { page, observe: Object.fromEntries(Object.entries(page).filter(([name]) => !OWN.includes(name))) };
}
