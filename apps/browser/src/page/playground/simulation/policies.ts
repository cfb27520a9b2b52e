import { consecutiveFailures, exponential, failureRate, fixed, ramp, slowCallRate, timeWindow } from '@switchgear/core';
import { adaptive, type Metrics } from '@switchgear/fetch';
import { percent } from '../../parts/format.ts';
import { breakEven, inARow, limit, minimumCalls, openFor, slowerThan, window } from './knobs.ts';
import { type Gauge, type Policy, policy } from './policy.ts';

/** The breakers side by side. Add an entry to add a breaker. */
export const POLICIES: readonly Policy[] = [
  policy({
    name: 'Failure rate',
    about: 'The default: opens when half of at least 20 calls in 10 s failed, and closes after 2 successful probes.',
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
    about: 'Fast when everything fails, blind when some calls still succeed.',
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
    about: 'Opens on slow calls, and recovers by a ramp: 5, 25, then 100 % of the traffic.',
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
      'Nothing to configure: it learns what is normal, opens when that changes, and recovers as fast as calls succeed.',
    knobs: { breakEven },
    options: adaptive,
    gauge: ({ metrics: { calls, failures } }) => ({
      says:
        calls === 0
          ? 'Nothing unusual.'
          : `${failures} of the last ${calls} calls failed; checking whether that is chance`,
    }),
  }),
];

function shareOf(metrics: Metrics, what: 'failures' | 'slow', limit: number, minimum: number): Gauge {
  const { calls } = metrics;
  const value = calls === 0 ? 0 : metrics[what] / calls;
  const counted = `${metrics[what]} of ${calls} calls ${what === 'slow' ? 'were slow' : 'failed'}`;
  const says = calls < minimum ? `${counted}: too few calls to decide` : `${counted}, ${percent(value)}`;
  return { says, scale: { value, limit } };
}
