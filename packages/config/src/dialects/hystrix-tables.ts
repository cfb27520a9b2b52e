import type { Table } from './dialect.ts';

/** Why caches are not carried. */
export const CACHE: string = 'nothing here caches or collapses requests';
const STATS = 'a percentile that opens is latencyPercentile; those that are shown are the metrics of @switchgear/otel';

/** The properties of a command, by their path. */
export const commandTable: Table = {
  'circuitBreaker.enabled': ['carried', 'false is mode: disabled'],
  'circuitBreaker.requestVolumeThreshold': ['carried', 'minimumCalls'],
  'circuitBreaker.errorThresholdPercentage': ['carried', 'failureRate'],
  'circuitBreaker.sleepWindowInMilliseconds': ['carried', 'openFor'],
  'circuitBreaker.forceOpen': ['carried', 'mode: isolated'],
  'circuitBreaker.forceClosed': ['carried', 'mode: shadow, which goes on counting'],
  'metrics.rollingStats.timeInMilliseconds': ['carried', 'window'],
  'metrics.rollingStats.numBuckets': ['carried', 'buckets of the window'],
  'metrics.rollingPercentile.enabled': ['not carried', STATS],
  'metrics.rollingPercentile.timeInMilliseconds': ['not carried', STATS],
  'metrics.rollingPercentile.numBuckets': ['not carried', STATS],
  'metrics.rollingPercentile.bucketSize': ['not carried', STATS],
  'metrics.healthSnapshot.intervalInMilliseconds': [
    'not carried',
    'rules are judged after each call, not at intervals',
  ],
  'execution.timeout.enabled': ['carried', 'false leaves the timeout out'],
  'execution.isolation.thread.timeoutInMilliseconds': ['carried', 'timeout'],
  'execution.isolation.thread.interruptOnTimeout': ['not carried', "the call's signal is always aborted"],
  'execution.isolation.thread.interruptOnFutureCancel': ['not carried', 'there are no threads to interrupt'],
  'execution.isolation.strategy': ['approximated', 'there are no threads: both limit calls at once'],
  'execution.isolation.semaphore.maxConcurrentRequests': ['carried', 'bulkhead.concurrent'],
  'fallback.enabled': ['not carried', 'a fallback is what the program says'],
  'fallback.isolation.semaphore.maxConcurrentRequests': ['not carried', 'a fallback has no limit of its own'],
  'requestCache.enabled': ['not carried', CACHE],
  'requestLog.enabled': ['not carried', CACHE],
};

/** The properties of a pool of threads. */
export const poolTable: Table = {
  coreSize: [
    'approximated',
    'bulkhead.concurrent of the command of the same name: calls at once, because there are no threads',
  ],
  maximumSize: ['approximated', 'bulkhead.concurrent, where the pool may grow'],
  maxQueueSize: ['approximated', 'bulkhead.queue; -1 is none'],
  queueSizeRejectionThreshold: ['not carried', 'the queue refuses when it is full'],
  allowMaximumSizeToDivergeFromCoreSize: ['carried', 'whether maximumSize has an effect'],
  keepAliveTimeMinutes: ['not carried', 'there are no threads to keep'],
  'metrics.rollingStats.timeInMilliseconds': ['not carried', STATS],
  'metrics.rollingStats.numBuckets': ['not carried', STATS],
};
