import { ruleName } from '../own/build-rule.ts';
import type { RuleData } from '../own/data.ts';
import { durationText } from '../values/duration.ts';
import { percentText } from '../values/share.ts';

type Phrase = (value: never, options: RuleData, over: string) => string;

/** When each rule opens, to follow "It opens when". */
const phrases = {
  failureRate: (rate: number, options, over) =>
    `${percentText(rate)} of ${over} failed${counted(options)}${least(options, 20)}`,
  failureCount: (count: number, options, over) => `${count} of ${over} failed${counted(options)}${least(options, 1)}`,
  slowCallRate: (rate: number, options, over) =>
    `${percentText(rate)} of ${over} took ${time(options['slowerThan'])} or longer${least(options, 20)}`,
  slowCallCount: (count: number, options, over) =>
    `${count} of ${over} took ${time(options['slowerThan'])} or longer${least(options, 1)}`,
  consecutiveFailures: (failures: number, options) => `${failures} calls in a row failed${counted(options)}`,
  meanLatency: (ms: number, options, over) => `${over} took ${durationText(ms)} on average${least(options, 20)}`,
  latencyPercentile: (share: number, options, over) =>
    `the ${percentText(share).replace('%', 'th')} percentile of ${over} reached ${time(options['limit'])}${least(options, 20)}`,
  overdue: (calls: number, options) =>
    `${calls} calls have been under way for ${time(options['longerThan'])} or longer`,
  sustained: (ms: number, options, over) =>
    `for ${durationText(ms)} on end ${rulePhrase(options['rule'] as RuleData, over)}`,
  cusum: () => 'failures can no longer be chance',
  watching: () => 'failures cannot be chance, or no answer comes back any more',
  anyOf: (rules: readonly RuleData[], _options, over) => rules.map((rule) => rulePhrase(rule, over)).join(', or when '),
  allOf: (rules: readonly RuleData[], _options, over) => rules.map((rule) => rulePhrase(rule, over)).join(', and '),
} as const satisfies Readonly<Record<string, Phrase>>;

/** A rule as a phrase to follow "It opens when". `over` says which calls it is judged on. */
export function rulePhrase(rule: RuleData, over: string): string {
  const name = ruleName(rule);
  return (phrases as unknown as Readonly<Record<string, Phrase>>)[name]?.(rule[name] as never, rule, over) ?? name;
}

function time(ms: unknown): string {
  return durationText(ms as number);
}

function least({ minimumCalls }: RuleData, byDefault: number): string {
  const calls = (minimumCalls as number | undefined) ?? byDefault;
  return calls > 1 ? `, of at least ${calls}` : '';
}

function counted({ counting }: RuleData): string {
  if (counting === undefined) return '';
  if (Array.isArray(counting)) return ` with ${counting.join(', ')}`;
  const weights = Object.entries(counting as Readonly<Record<string, number>>);
  return `, weighed by kind (${weights.map(([kind, weight]) => `${kind}: ${weight}`).join(', ')})`;
}
