import { BreakerState, Circuit, SlidingCountBreaker, SlidingTimeBreaker } from 'mollitia';
import type { Rule, Subject } from './subject.ts';

function mollitia(
  name: string,
  judges: string,
  Breaker: typeof SlidingCountBreaker | typeof SlidingTimeBreaker,
  sizeOf: (rule: Rule) => number,
): Subject {
  return {
    name: `mollitia ${name}`,
    kind: 'peer',
    judges,
    make(rule) {
      const breaker = new Breaker({
        state: BreakerState.CLOSED,
        slidingWindowSize: sizeOf(rule),
        minimumNumberOfCalls: rule.minimumCalls,
        failureRateThreshold: rule.share * 100,
        slowCallRateThreshold: 100,
        slowCallDurationThreshold: rule.slowerThan,
        openStateDelay: rule.openFor,
        permittedNumberOfCallsInHalfOpenState: 2,
      });
      const circuit = new Circuit({ options: { modules: [breaker] } });
      return { call: (action) => circuit.fn(action).execute(), close: () => circuit.dispose() };
    },
  };
}

export const slidingCount: Subject = mollitia(
  'SlidingCountBreaker',
  'failures, 100 calls',
  SlidingCountBreaker,
  ({ size }) => size,
);
export const slidingTime: Subject = mollitia(
  'SlidingTimeBreaker',
  'failures, 10 s, at most 1,000 calls',
  SlidingTimeBreaker,
  ({ window }) => window,
);
