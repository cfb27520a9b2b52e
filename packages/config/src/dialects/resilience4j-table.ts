import type { Table } from './dialect.ts';

const PREDICATE = 'a class of Java: say it in classify';
const OLD = 'resilience4j no longer reads it: write slidingWindowSize or permittedNumberOfCallsInHalfOpenState';
const HEALTH = 'readiness is what the program says with breaker.state';

/** The 25 properties of a circuit breaker, in the order of resilience4j's documentation. */
export const circuitTable: Table = {
  baseConfig: ['carried', 'its settings lie under these'],
  failureRateThreshold: ['carried', 'failureRate'],
  slowCallRateThreshold: ['carried', 'slowCallRate'],
  slowCallDurationThreshold: ['carried', 'slowerThan of slowCallRate'],
  permittedNumberOfCallsInHalfOpenState: ['carried', 'recover: probes and sample'],
  maxWaitDurationInHalfOpenState: ['carried', 'maxStay; 0 is no limit'],
  transitionToStateAfterWaitDuration: ['carried', 'afterMaxStay'],
  slidingWindowType: ['carried', 'window: count or time'],
  slidingWindowSize: ['carried', 'window: calls, or seconds'],
  slidingWindowSynchronizationStrategy: ['not carried', 'locks of Java; there is one thread here'],
  minimumNumberOfCalls: ['carried', 'minimumCalls; at most the size of a count window'],
  waitDurationInOpenState: ['carried', 'openFor'],
  enableExponentialBackoff: ['carried', 'openFor: exponential'],
  exponentialBackoffMultiplier: ['carried', 'factor of exponential'],
  exponentialMaxWaitDurationInOpenState: ['carried', 'max of exponential'],
  enableRandomizedWait: ['carried', 'randomized of openFor'],
  randomizedWaitFactor: ['carried', 'randomized of openFor'],
  initialState: ['carried', 'initialState, or a mode: isolated, disabled, shadow'],
  automaticTransitionFromOpenToHalfOpenEnabled: [
    'approximated',
    'an open circuit becomes half-open when the next call asks; no thread waits for it',
  ],
  recordExceptions: [
    'approximated',
    'errors.failures, by name or code, for run and wrap; adapters have tables of their own',
  ],
  ignoreExceptions: [
    'approximated',
    'errors.ignored, by name or code, for run and wrap; adapters have tables of their own',
  ],
  recordFailurePredicate: ['not carried', PREDICATE],
  recordExceptionPredicate: ['not carried', PREDICATE],
  ignoreExceptionPredicate: ['not carried', PREDICATE],
  recordResultPredicate: ['not carried', PREDICATE],
  ignoreClassBindingExceptions: ['not carried', 'classes of Java are not loaded'],
  ignoreUnknownExceptions: ['not carried', 'classes of Java are not loaded'],
  writableStackTraceEnabled: ['not carried', 'refusals never have a stack'],
  eventConsumerBufferSize: ['not carried', 'events are handed over, not kept: subscribe(…)'],
  registerHealthIndicator: ['not carried', HEALTH],
  allowHealthIndicatorToFail: ['not carried', HEALTH],
  ringBufferSizeInClosedState: ['not carried', OLD],
  ringBufferSizeInHalfOpenState: ['not carried', OLD],
  timestampUnit: ['not carried', 'times are in milliseconds'],
};
