import { consecutiveFailures, exponential, failureRate, fixed, ramp, slowCallRate, timeWindow } from '@switchgear/core';
import { adaptive, type Metrics } from '@switchgear/fetch';
import { breakEven, inARow, limit, minimumCalls, openFor, percent, slowerThan, window } from './knobs.ts';
import { type Gauge, type Policy, policy } from './policy.ts';

/** The breakers side by side. One more is one more entry. */
export const POLICIES: readonly Policy[] = [
  policy({
    name: 'Failure rate',
    about: 'What you get when you say nothing: half of at least 20 calls in 10 s, then 2 probes in a row.',
    knobs: { limit, minimumCalls, window },
    options: ({ limit, minimumCalls, window }) => ({
      openWhen: failureRate(limit, { minimumCalls }),
      window: timeWindow(window),
    }),
    window: ({ window }) => window,
    gauge: ({ metrics }, { limit, minimumCalls }) => shareOf(metrics, 'failures', limit, minimumCalls),
  }),
  policy({
    name: 'Consecutive failures',
    about: 'Quick where everything fails, blind where some calls still come through.',
    knobs: { inARow, openFor },
    options: ({ inARow, openFor }) => ({ openWhen: consecutiveFailures(inARow), openFor: fixed(openFor) }),
    window: () => 10_000,
    gauge: ({ run }, { inARow }) => ({
      says: `${run} failures in a row`,
      scale: { value: run / (2 * inARow), limit: 0.5 },
    }),
  }),
  policy({
    name: 'Slow calls',
    about: 'Judges how long calls take, and comes back by a ramp: 5, 25, then 100 % of the traffic.',
    knobs: { limit, slowerThan, openFor },
    options: ({ limit, slowerThan, openFor }) => ({
      openWhen: slowCallRate(limit, { slowerThan }),
      openFor: exponential(openFor, { max: 60_000 }),
      recover: ramp([0.05, 0.25, 1], { stage: 3_000 }),
    }),
    window: () => 10_000,
    slowerThan: ({ slowerThan }) => slowerThan,
    gauge: ({ metrics }, { limit }) => shareOf(metrics, 'slow', limit, minimumCalls.initial),
  }),
  policy({
    name: 'Adaptive',
    about:
      'No numbers to set: it learns what is normal, opens when that changes, and comes back as fast as answers do.',
    knobs: { breakEven },
    options: adaptive,
    gauge: ({ metrics: { calls, failures } }) => ({
      says: calls === 0 ? 'Nothing unusual.' : `${failures} of the last ${calls} calls failed: is that still chance?`,
    }),
  }),
];

function shareOf(metrics: Metrics, what: 'failures' | 'slow', limit: number, minimum: number): Gauge {
  const { calls } = metrics;
  const value = calls === 0 ? 0 : metrics[what] / calls;
  const counted = `${metrics[what]} of ${calls} calls ${what === 'slow' ? 'were slow' : 'failed'}`;
  const says = calls < minimum ? `${counted}: too few to judge` : `${counted}, ${percent(value)}`;
  return { says, scale: { value, limit } };
}
