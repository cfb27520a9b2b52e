import { ConsecutiveBreaker, CountBreaker, circuitBreaker, handleAll, type IBreaker, SamplingBreaker } from 'cockatiel';
import type { Rule, Subject } from './subject.ts';

function cockatiel(name: string, judges: string, breakerOf: (rule: Rule) => IBreaker): Subject {
  return {
    name: `cockatiel ${name}`,
    kind: 'peer',
    judges,
    make(rule) {
      const policy = circuitBreaker(handleAll, { halfOpenAfter: rule.openFor, breaker: breakerOf(rule) });
      return { call: (action) => policy.execute(action) };
    },
  };
}

export const sampling: Subject = cockatiel(
  'SamplingBreaker',
  'failures, 10 s',
  ({ share, window, minimumCalls }) =>
    new SamplingBreaker({ threshold: share, duration: window, minimumRps: (minimumCalls * 1_000) / window }),
);
export const count: Subject = cockatiel(
  'CountBreaker',
  'failures, 100 calls',
  ({ share, size, minimumCalls }) =>
    new CountBreaker({ threshold: share, size, minimumNumberOfCalls: Math.min(minimumCalls, size) }),
);
export const consecutive: Subject = cockatiel(
  'ConsecutiveBreaker',
  'failures in a row',
  ({ minimumCalls }) => new ConsecutiveBreaker(minimumCalls),
);
