import type { BreakerData, OpenForData, RuleData } from '../own/data.ts';
import { NETWORK, SERVER_ERRORS } from '../values/exceptions.ts';

/** Outlier detection as Envoy does it: what of it a breaker can do. A limit of 0 is switched off. */
export interface Outliers {
  readonly consecutive5xx: number;
  readonly consecutiveGateway: number;
  readonly consecutiveLocal: number;

  /** Whether failures of the connection count apart from answers. */
  readonly split: boolean;

  /** Opens at this share of failures in an interval. */
  readonly percentage?: { readonly share: number; readonly calls: number };
  readonly interval: number;
  readonly base: number;
  readonly max: number;
  readonly jitter: number;
}

/** Failures of the connection rather than answers. */
export const LOCAL: readonly string[] = ['timeout', ...NETWORK];

/** Answers of a gateway whose server cannot be reached. */
const GATEWAY: readonly string[] = ['502', '503', '504'];

/** What makes an endpoint an outlier, as rules. */
export function rulesOf(of: Outliers): RuleData[] {
  const { consecutive5xx, consecutiveGateway, consecutiveLocal, split, percentage } = of;
  const row = (failures: number, counting?: readonly string[]): RuleData[] =>
    failures === 0 ? [] : [{ consecutiveFailures: failures, ...(counting && { counting }) }];
  return [
    ...row(consecutive5xx, split ? SERVER_ERRORS : undefined),
    ...row(consecutiveGateway, split ? GATEWAY : [...GATEWAY, ...LOCAL]),
    ...row(split ? consecutiveLocal : 0, LOCAL),
    ...(percentage ? [{ failureRate: percentage.share, minimumCalls: percentage.calls }] : []),
  ];
}

/** Outlier detection as settings of a breaker in front of the service. Without any rule, nothing is ever refused. */
export function ejectingBreaker(of: Outliers): BreakerData {
  const rules = rulesOf(of);
  const [rule] = rules;
  if (!rule) return { mode: 'disabled' };
  const { interval, base, max, jitter } = of;
  return {
    openWhen: rules.length > 1 ? { anyOf: rules } : rule,
    ...(of.percentage && { window: { tumbling: interval } }),
    openFor: { linear: base, max, jitter, forgetAfter: interval },
    // An endpoint comes back at once. One call that asks first is the nearest thing to that.
    recover: { probes: 1, successes: 1 },
  };
}

/** What of a breaker's settings outlier detection can say, and the rules that it cannot. */
export function outliersOf(data: BreakerData): { readonly outliers: Outliers; readonly others: readonly RuleData[] } {
  const rules = (data.openWhen?.['anyOf'] as readonly RuleData[] | undefined) ?? (data.openWhen ? [data.openWhen] : []);
  const others: RuleData[] = [];
  const found = { consecutive5xx: 0, consecutiveGateway: 0, consecutiveLocal: 0, split: false };
  let percentage: Outliers['percentage'];
  for (const rule of rules) {
    const { consecutiveFailures: failures, counting, failureRate: share, minimumCalls: calls = 20 } = rule;
    const isRow = typeof failures === 'number';
    const key = String(counting ?? '');
    if (isRow && key === '') found.consecutive5xx = failures;
    else if (isRow && key === String(SERVER_ERRORS)) Object.assign(found, { consecutive5xx: failures, split: true });
    else if (isRow && key === String(LOCAL)) Object.assign(found, { consecutiveLocal: failures, split: true });
    else if (isRow && key === String([...GATEWAY, ...LOCAL])) found.consecutiveGateway = failures;
    else if (isRow && key === String(GATEWAY)) Object.assign(found, { consecutiveGateway: failures, split: true });
    else if (typeof share === 'number' && key === '') percentage = { share, calls: calls as number };
    else others.push(rule);
  }
  return { outliers: { ...found, ...(percentage && { percentage }), ...waits(data) }, others };
}

/** Envoy's own defaults, for what a breaker does not say. */
const DEFAULTS = { interval: 10_000, base: 30_000, max: 300_000, jitter: 0 };

function waits({ openFor, window }: BreakerData): Pick<Outliers, 'interval' | 'base' | 'max' | 'jitter'> {
  const interval = window?.tumbling ?? openFor?.forgetAfter ?? window?.time ?? DEFAULTS.interval;
  const base = baseOf(openFor);
  const longest = openFor?.max ?? (openFor?.linear === undefined && openFor?.fixed !== undefined ? base : DEFAULTS.max);
  const jitter = typeof openFor?.jitter === 'number' ? openFor.jitter : DEFAULTS.jitter;
  return { interval: interval || DEFAULTS.interval, base, max: Math.max(longest, base), jitter };
}

function baseOf(openFor: OpenForData | undefined): number {
  return openFor?.linear ?? openFor?.fixed ?? openFor?.exponential ?? DEFAULTS.base;
}
