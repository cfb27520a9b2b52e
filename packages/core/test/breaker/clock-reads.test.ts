import { describe, expect, it } from 'vitest';
import {
  allOf,
  anyOf,
  type BreakerOptions,
  consecutiveFailures,
  countWindow,
  createBreaker,
  failureCount,
  failureRate,
  latencyPercentile,
  meanLatency,
  overdue,
  rule,
  slowCallCount,
  slowCallRate,
  sustained,
  timeWindow,
  tumblingWindow,
} from '../../src/index.ts';

/** How often a breaker reads the clock, for a success and for a failure that does not open it. */
async function reads(options: Partial<BreakerOptions>): Promise<readonly [success: number, failure: number]> {
  let count = 0;
  const clock = { now: () => ++count };
  const breaker = createBreaker({ name: 'payments', clock, ...options });
  await breaker.run(() => 'the first call makes the window');
  const before = count;
  await breaker.run(() => 'fine');
  const between = count;
  await breaker.run(() => Promise.reject(new Error('down'))).catch(() => {});
  return [between - before, count - between];
}

const counted = countWindow(10);
const slowerThan = 1e6;

describe('a call reads the clock', () => {
  it.each<[when: string, options: Partial<BreakerOptions>, times: number]>([
    ['never, over a window of calls', { window: counted, openWhen: failureRate(0.5) }, 0],
    ['never, over a tumbling window without a length', { window: tumblingWindow(), openWhen: failureCount(9) }, 0],
    ['never, for several rules of that kind', { window: counted, openWhen: anyOf(failureCount(9)) }, 0],
    ['when it ends, over a window of time', { window: timeWindow(1_000), openWhen: failureRate(0.5) }, 1],
    ['when it ends, by first calls', { window: timeWindow(1_000, { align: 'first' }), openWhen: failureRate(0.5) }, 1],
    ['when it ends, for a rule that must hold', { window: counted, openWhen: sustained(failureCount(9), 5) }, 1],
    [
      'when it begins and ends, over a window that leaves out calls begun before it',
      { window: tumblingWindow(1_000), openWhen: failureRate(0.5) },
      2,
    ],
    ['twice, for a mean', { window: counted, openWhen: meanLatency(slowerThan) }, 2],
    ['twice, for a percentile', { window: counted, openWhen: latencyPercentile(0.5, slowerThan) }, 2],
    ['twice, for slow calls', { window: counted, openWhen: slowCallRate(0.5, { slowerThan }) }, 2],
    ['twice, for a count of them', { window: counted, openWhen: slowCallCount(9, { slowerThan }) }, 2],
    [
      'twice, for a custom rule that calls some of them slow',
      { window: counted, openWhen: rule({ slowerThan: 5, judge: () => undefined }) },
      2,
    ],
    [
      'twice, for slow calls that must go on',
      { window: counted, openWhen: sustained(slowCallCount(9, { slowerThan }), 5) },
      2,
    ],
    [
      'twice, where one of several rules needs it',
      { window: counted, openWhen: allOf(consecutiveFailures(9), slowCallRate(0.5, { slowerThan })) },
      2,
    ],
    [
      'twice, where one of several detectors does',
      { window: counted, openWhen: anyOf(consecutiveFailures(9), overdue(9, { longerThan: slowerThan })) },
      2,
    ],
  ])('%s', async (_when, options, times) => {
    expect(await reads(options)).toEqual([times, times]);
  });
});
