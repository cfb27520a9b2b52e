import type { Account } from '../document/account.ts';
import type { Place } from '../document/place.ts';
import type { BreakerData } from '../own/data.ts';
import { truth, whole } from '../values/codec.ts';
import { javaDuration } from '../values/duration.ts';
import type { Table } from './dialect.ts';
import { Section } from './section.ts';

const BUFFER: Table = {
  baseConfig: ['carried', 'its settings lie under these'],
  eventConsumerBufferSize: ['not carried', 'events are handed over, not kept'],
  writableStackTraceEnabled: ['not carried', 'refusals never have a stack'],
  contextPropagators: ['not carried', 'AsyncLocalStorage needs none'],
};

/** Time limits. */
export const timeLimiterTable: Table = {
  timeoutDuration: ['carried', 'timeout'],
  cancelRunningFuture: ['approximated', "the call's signal is aborted; it is the call that stops"],
  ...BUFFER,
};

/** Bulkheads that count calls. */
export const bulkheadTable: Table = {
  maxConcurrentCalls: ['carried', 'bulkhead.concurrent'],
  maxWaitDuration: [
    'approximated',
    'bulkhead.queueFor, with a queue as long as the bulkhead is wide; Java lets any number wait',
  ],
  fairCallHandlingEnabled: ['not carried', 'the queue is always fair'],
  ...BUFFER,
};

/** Bulkheads that are pools of threads. */
export const threadPoolTable: Table = {
  maxThreadPoolSize: ['approximated', 'bulkhead.concurrent: calls at once, because there are no threads'],
  coreThreadPoolSize: ['not carried', 'there are no threads to keep'],
  queueCapacity: ['carried', 'bulkhead.queue'],
  keepAliveDuration: ['not carried', 'there are no threads to keep'],
  ...BUFFER,
};

/** Reads a time limit; resilience4j's default is a second. */
export function readTimeLimiter(place: Place, account: Account): BreakerData {
  const of = new Section(place, account, timeLimiterTable);
  const timeout = of.read('timeoutDuration', javaDuration()) ?? 1_000;
  of.read('cancelRunningFuture', truth);
  of.rest('a time limiter');
  return timeout > 0 ? { timeout } : {};
}

/** Reads a bulkhead; resilience4j's default is 25 calls, of which none waits. */
export function readBulkhead(place: Place, account: Account): BreakerData {
  const of = new Section(place, account, bulkheadTable);
  const concurrent = of.read('maxConcurrentCalls', whole()) ?? 25;
  const queueFor = of.read('maxWaitDuration', javaDuration()) ?? 0;
  of.rest('a bulkhead');
  return { bulkhead: { concurrent, ...(queueFor > 0 && { queue: concurrent, queueFor }) } };
}

/** Reads a pool of threads as the calls that it lets run and wait; resilience4j's default is a queue of 100. */
export function readThreadPool(place: Place, account: Account): BreakerData {
  const of = new Section(place, account, threadPoolTable);
  const concurrent = of.read('maxThreadPoolSize', whole());
  const queue = of.read('queueCapacity', whole(0)) ?? 100;
  of.rest('a thread pool');
  return concurrent === undefined ? {} : { bulkhead: { concurrent, queue } };
}
