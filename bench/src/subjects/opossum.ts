import CircuitBreaker from 'opossum';
import type { Action, Subject } from './subject.ts';

function opossum(name: string, judges: string, options: CircuitBreaker.Options = {}): Subject {
  return {
    name,
    kind: 'peer',
    judges,
    make({ share, minimumCalls, window, openFor }) {
      const breaker = new CircuitBreaker((action: Action) => action(), {
        timeout: false,
        errorThresholdPercentage: share * 100,
        volumeThreshold: minimumCalls,
        rollingCountTimeout: window,
        rollingCountBuckets: 10,
        resetTimeout: openFor,
        ...options,
      });
      return { call: (action) => breaker.fire(action), close: () => breaker.shutdown() };
    },
  };
}

export const withPercentiles: Subject = opossum('opossum', 'failures, 10 s');
export const withoutPercentiles: Subject = opossum('opossum without percentiles', 'failures, 10 s', {
  rollingPercentilesEnabled: false,
  enableSnapshots: false,
});
