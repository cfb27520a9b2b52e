import type { BreakerEvent } from '@switchgear/core';
import type { PriceOptions } from '../../src/impact/prices.ts';

/** A figure as low and high end. */
export type Ends = readonly [low: number, high: number];

/**
 * The figures once more, from nothing but the raw events and their definitions: no sums kept on the way, and no line shared with the
 * package.
 */
export function recompute(
  logs: readonly (readonly BreakerEvent[])[],
  served: number,
  minutes: number,
  { revenuePerCall = 0, failedCall = 0, minuteDown = 0 }: PriceOptions,
): Record<string, Ends> {
  const outcomes = (log: readonly BreakerEvent[], outcome: string): BreakerEvent[] =>
    log.filter((event) => event.type === 'outcome' && event.outcome === outcome);
  const durations = (events: readonly BreakerEvent[]): number[] => events.flatMap(({ duration }) => duration ?? []);

  let isMeasured = true;
  let [succeeded, failed, spared, best, allFailed, someSucceeded, closings, away] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (const log of logs) {
    const successes = outcomes(log, 'success');
    const failures = outcomes(log, 'failure');
    succeeded += successes.length;
    failed += failures.length;
    const ofSuccess = mean(durations(successes)) ?? mean(durations(failures)) ?? 0;
    const ofFailure = mean(durations(failures)) ?? mean(durations(successes)) ?? 0;
    for (const [index, event] of log.entries()) {
      if (event.type === 'reject' && event.because?.rule !== 'isolated') {
        const opening = log.slice(0, index).findLast(({ type, from }) => type === 'move' && from === 'closed');
        const { calls = 0, failures: bad = 0 } = opening?.because?.evidence ?? {};
        const share = calls === 0 ? 1 : 1 - bad / calls;
        spared += 1;
        isMeasured &&= durations(log).length > 0;
        best += share;
        allFailed += ofFailure;
        someSucceeded += share * ofSuccess + (1 - share) * ofFailure;
      }
      if (event.type === 'move' && event.to === 'closed') {
        const left = log.slice(0, index).findLast(({ type, from }) => type === 'move' && from === 'closed');
        closings += 1;
        away += event.at - (left?.at ?? Number.NaN);
      }
    }
  }
  const asked = succeeded + failed + spared;
  const given = (succeeded + served) / asked;
  const without: Ends = [succeeded / asked, (succeeded + best) / asked];
  const money = {
    failedCallsAvoided: [(spared - best) * failedCall, spared * failedCall],
    revenueKept: [(served - best) * revenuePerCall, served * revenuePerCall],
    downtimeAvoided: [(given - without[1]) * minutes * minuteDown, (given - without[0]) * minutes * minuteDown],
  } as const;
  const parts = Object.values(money);
  return {
    callsSpared: [spared, spared],
    ...(isMeasured && {
      waitingAvoided: [Math.min(allFailed, someSucceeded), Math.max(allFailed, someSucceeded)] as const,
    }),
    ...(closings > 0 && { meanTimeToRecovery: [away / closings, away / closings] as const }),
    ...(asked > 0 && { availabilityWith: [given, given] as const, availabilityWithout: without, ...money }),
    ...(asked > 0 && {
      total: [parts.reduce((sum, [low]) => sum + low, 0), parts.reduce((sum, [, high]) => sum + high, 0)] as const,
    }),
  };
}

function mean(numbers: readonly number[]): number | undefined {
  return numbers.length === 0 ? undefined : numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
}
