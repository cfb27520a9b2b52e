import type { BreakerData } from '../own/data.ts';
import { whole } from '../values/codec.ts';
import { duration } from '../values/duration.ts';
import { percent } from '../values/share.ts';
import type { Table } from './dialect.ts';
import type { Section } from './section.ts';

/** The options of circuit-breaker-js. */
export const circuitBreakerJsTable: Table = {
  windowDuration: ['carried', 'window; it is also how long the circuit stays open'],
  numBuckets: ['carried', 'buckets of the window'],
  timeoutDuration: ['carried', 'timeout'],
  errorThreshold: ['approximated', 'failureRate; it opens at this share, circuit-breaker-js above it'],
  volumeThreshold: ['carried', 'minimumCalls, one more: circuit-breaker-js judges above it'],
  onCircuitOpen: ['not carried', 'code: listen with subscribe(…)'],
  onCircuitClose: ['not carried', 'code: listen with subscribe(…)'],
};

/** Reads the options of circuit-breaker-js, with its defaults for what they leave out. */
export function readCircuitBreakerJs(of: Section): BreakerData {
  const time = of.read('windowDuration', duration()) ?? 10_000;
  const buckets = of.read('numBuckets', whole()) ?? 10;
  const timeout = of.read('timeoutDuration', duration()) ?? 3_000;
  const failureRate = of.read('errorThreshold', percent(0.001)) ?? 0.5;
  const volume = of.read('volumeThreshold', whole(0)) ?? 5;
  return {
    openWhen: { failureRate, minimumCalls: volume + 1 },
    window: { time, buckets },
    openFor: { fixed: time },
    recover: { probes: 1, successes: 1 },
    timeout,
  };
}
