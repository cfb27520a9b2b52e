import { circuitBreaker } from '@git-stunts/alfred';
import type { Subject } from './subject.ts';

/** Counts failures until a success. */
export const alfred: Subject = {
  name: 'alfred',
  kind: 'peer',
  judges: 'failures in a row',
  make({ minimumCalls, openFor }) {
    const breaker = circuitBreaker({ threshold: minimumCalls, duration: openFor, successThreshold: 2 });
    return { call: (action) => breaker.execute(action) };
  },
};
