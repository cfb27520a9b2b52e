import {
  allOf,
  anyOf,
  consecutiveFailures,
  cusum,
  type DetectorRecipe,
  failureCount,
  failureRate,
  kinds,
  latencyPercentile,
  type Measure,
  meanLatency,
  overdue,
  type Rule,
  slowCallCount,
  slowCallRate,
  sustained,
  watching,
  weights,
} from '@switchgear/core';
import type { RuleData } from './data.ts';

type Condition = Rule | DetectorRecipe;
type Make = (value: never, options: never, rule: RuleData | undefined) => Condition;

/** The functions that make rules, each called with its value and its options. */
const makers: Readonly<Record<string, Make>> = {
  failureRate: (rate, options) => failureRate(rate, options),
  failureCount: (count, options) => failureCount(count, options),
  slowCallRate: (rate, options) => slowCallRate(rate, options),
  slowCallCount: (count, options) => slowCallCount(count, options),
  overdue: (calls, options) => overdue(calls, options),
  consecutiveFailures: (failures, { counting }: { counting?: Measure }) =>
    counting ? consecutiveFailures(failures, { counting }) : consecutiveFailures(failures),
  meanLatency: (limit, options) => meanLatency(limit, options),
  latencyPercentile: (share, { limit, ...options }: { limit: number }) => latencyPercentile(share, limit, options),
  sustained: (ms, _options, rule) => sustained(buildRule(rule as RuleData) as Rule, ms),
  cusum: () => cusum(),
  watching: () => watching(),
  anyOf: (rules: readonly RuleData[]) => anyOf(...(rules.map(buildRule) as [Condition, ...Condition[]])),
  allOf: (rules: readonly RuleData[]) => allOf(...(rules.map(buildRule) as [Rule, ...Rule[]])),
} as Readonly<Record<string, Make>>;

/**
 * Makes the rule that a file describes.
 *
 * @throws {RangeError | TypeError} what core throws, if numbers do not go together
 */
export function buildRule(data: RuleData): Condition {
  const name = ruleName(data);
  const { [name]: value, rule, counting, ...options } = data;
  const measured = counting === undefined ? options : { ...options, counting: measureOf(counting) };
  return (makers[name] as Make)(value as never, measured as never, rule as RuleData | undefined);
}

/** The name of the rule that a map describes. */
export function ruleName(data: RuleData): string {
  return Object.keys(data).find((key) => Object.hasOwn(makers, key)) ?? '';
}

function measureOf(counting: unknown): Measure {
  return Array.isArray(counting) ? kinds(...counting) : weights(counting as Readonly<Record<string, number>>);
}
