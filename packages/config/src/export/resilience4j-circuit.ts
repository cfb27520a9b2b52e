import { ruleName } from '../own/build-rule.ts';
import type { BreakerData, OpenForData, RecoverData, RuleData, WindowData } from '../own/data.ts';
import { durationText } from '../values/duration.ts';
import type { ExportNotes } from './export-notes.ts';

/** A circuit breaker of resilience4j. Everything is said, so that no other config shows through. */
export function circuitProperties(data: BreakerData, notes: ExportNotes): object {
  if (data.evaluateOn !== 'any')
    notes.add('evaluateOn', 'approximated', 'rules are judged after any call there, not only after failures');
  return {
    ...thresholdsOf(data, notes),
    ...windowOf(data.window, notes),
    ...waitOf(data.openFor, notes),
    ...halfOpenOf(data.recover, notes),
    initialState: stateOf(data),
  };
}

function thresholdsOf({ openWhen }: BreakerData, notes: ExportNotes): object {
  if (!openWhen) {
    notes.add('openWhen', 'not carried', 'there is no rule; half of at least 20 calls is written instead');
    return { failureRateThreshold: 50, minimumNumberOfCalls: 20 };
  }
  const rules = (openWhen['anyOf'] as readonly RuleData[] | undefined) ?? [openWhen];
  const rate = rules.find((rule) => rule['failureRate'] !== undefined && rule['counting'] === undefined);
  const slow = rules.find((rule) => rule['slowCallRate'] !== undefined);
  for (const rule of rules) {
    if (rule !== rate && rule !== slow)
      notes.add(`openWhen.${ruleName(rule)}`, 'not carried', 'resilience4j has rates of failures and of slow calls');
  }
  const minimums = [rate, slow].flatMap((rule) => (rule ? [(rule['minimumCalls'] as number | undefined) ?? 20] : []));
  if (new Set(minimums).size > 1)
    notes.add('openWhen', 'approximated', 'both rates have one minimum of calls there: the larger');
  return {
    failureRateThreshold: percentOf(rate?.['failureRate'] ?? 1),
    slowCallRateThreshold: percentOf(slow?.['slowCallRate'] ?? 1),
    slowCallDurationThreshold: durationText((slow?.['slowerThan'] as number | undefined) ?? 60_000),
    minimumNumberOfCalls: Math.max(1, ...minimums),
  };
}

function percentOf(share: unknown): number {
  return Number(((share as number) * 100).toPrecision(12));
}

function windowOf(window: WindowData = { time: 10_000 }, notes: ExportNotes): object {
  if (window.count !== undefined) return { slidingWindowType: 'COUNT_BASED', slidingWindowSize: window.count };
  const ms = window.time ?? window.tumbling ?? 10_000;
  const size = Math.max(1, Math.round(ms / 1_000));
  if (window.tumbling !== undefined || size * 1_000 !== ms || window.buckets !== size)
    notes.add('window', 'approximated', 'a window of time there moves by whole seconds');
  return { slidingWindowType: 'TIME_BASED', slidingWindowSize: size };
}

function waitOf(openFor: OpenForData = { exponential: 5_000, max: 60_000 }, notes: ExportNotes): object {
  const { fixed, exponential, linear, factor = 2, max = 60_000, jitter = 'equal', randomized } = openFor;
  const grows = exponential !== undefined;
  if (grows && (jitter !== 'none' || randomized !== undefined))
    notes.add('openFor', 'approximated', 'waits that grow have no randomness there');
  if (!grows && fixed === undefined)
    notes.add('openFor', 'approximated', 'the first wait is kept, because waits there grow by a factor or not at all');
  if (openFor.forgetAfter)
    notes.add('openFor.forgetAfter', 'not carried', 'waits start from the first once the circuit has closed');
  const wait = fixed ?? exponential ?? linear ?? 30_000;
  return {
    waitDurationInOpenState: durationText(wait),
    enableExponentialBackoff: grows,
    ...(grows && { exponentialBackoffMultiplier: factor, exponentialMaxWaitDurationInOpenState: durationText(max) }),
    enableRandomizedWait: !grows && randomized !== undefined,
    ...(!grows && randomized !== undefined && { randomizedWaitFactor: randomized }),
  };
}

function halfOpenOf(recover: RecoverData = { probes: 1, successes: 2 }, notes: ExportNotes): object {
  const { probes = 1, sample, successes = probes, maxStay = 0, afterMaxStay } = recover;
  if (sample === undefined || sample !== probes)
    notes.add('recover', 'approximated', 'a sample of calls decides there, by the rates');
  return {
    permittedNumberOfCallsInHalfOpenState: sample ?? Math.max(probes, successes),
    maxWaitDurationInHalfOpenState: durationText(maxStay),
    ...(maxStay > 0 && { transitionToStateAfterWaitDuration: afterMaxStay === 'closed' ? 'CLOSED' : 'OPEN' }),
  };
}

function stateOf({ mode, initialState }: BreakerData): string {
  const modes = { isolated: 'FORCED_OPEN', disabled: 'DISABLED', shadow: 'METRICS_ONLY' } as const;
  if (mode && mode !== 'active') return modes[mode];
  return { open: 'OPEN', 'half-open': 'HALF_OPEN', closed: 'CLOSED' }[initialState ?? 'closed'];
}
