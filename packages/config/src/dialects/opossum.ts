import type { BreakerData } from '../own/data.ts';
import { number, text, truth, whole } from '../values/codec.ts';
import { duration } from '../values/duration.ts';
import { percent } from '../values/share.ts';
import type { Table } from './dialect.ts';
import type { Section } from './section.ts';

const CACHE =
  'nothing here caches or joins calls; a fallback serves the last good answer: cached of @switchgear/policies';
const TIMERS = 'there is no timer for each breaker';
const ABORT = 'timeout of @switchgear/policies gives each call a signal of its own';

/** The options of opossum. */
export const opossumTable: Table = {
  timeout: ['carried', 'timeout; false is none'],
  maxFailures: ['not carried', 'deprecated there; it has no effect'],
  resetTimeout: ['carried', 'openFor'],
  rollingCountTimeout: ['carried', 'window'],
  rollingCountBuckets: ['carried', 'buckets of the window'],
  name: ['carried', 'the name of the breaker'],
  group: ['not carried', 'names with a prefix do the same'],
  rollingPercentilesEnabled: ['not carried', 'percentiles are exported by @switchgear/otel'],
  capacity: ['carried', 'bulkhead.concurrent'],
  errorThresholdPercentage: ['approximated', 'failureRate; it opens at this share, opossum above it'],
  enabled: ['carried', 'false is mode: disabled'],
  allowWarmUp: ['approximated', 'minimumCalls of 20: a first failure opens nothing'],
  volumeThreshold: ['carried', 'minimumCalls'],
  errorFilter: ['not carried', "code: classify returns 'ignored' for such errors"],
  cache: ['not carried', CACHE],
  cacheTTL: ['not carried', CACHE],
  cacheSize: ['not carried', CACHE],
  cacheGetKey: ['not carried', CACHE],
  cacheTransport: ['not carried', CACHE],
  coalesce: ['not carried', CACHE],
  coalesceTTL: ['not carried', CACHE],
  coalesceSize: ['not carried', CACHE],
  coalesceResetOn: ['not carried', CACHE],
  abortController: ['not carried', ABORT],
  autoRenewAbortController: ['not carried', ABORT],
  enableSnapshots: ['not carried', TIMERS],
  rotateBucketController: ['not carried', TIMERS],
  status: ['not carried', 'state is carried by snapshot and restore'],
  state: ['not carried', 'state is carried by snapshot and restore'],
};

/** Reads the options of opossum, with its defaults for what they leave out. */
export function readOpossum(of: Section): BreakerData {
  const warms = of.read('allowWarmUp', truth) ?? false;
  const failureRate = of.read('errorThresholdPercentage', percent(0.001)) ?? 0.5;
  const volume = of.read('volumeThreshold', whole(0)) ?? 0;
  const time = of.read('rollingCountTimeout', duration()) ?? 10_000;
  const buckets = of.read('rollingCountBuckets', whole()) ?? 10;
  const fixed = of.read('resetTimeout', duration('zero')) ?? 30_000;
  const off = of.at('timeout')?.value === false && of.read('timeout', truth) === false;
  const timeout = off ? undefined : (of.read('timeout', duration()) ?? 10_000);
  if (!Number.isInteger(of.at('capacity')?.value))
    of.note('capacity', 'not carried', 'without a whole number there is no limit');
  const concurrent = Number.isInteger(of.at('capacity')?.value) ? of.read('capacity', number(1)) : undefined;
  const enabled = of.read('enabled', truth) ?? true;
  of.read('name', text);
  return {
    openWhen: { failureRate, minimumCalls: Math.max(1, volume, warms ? 20 : 0) },
    window: { time, buckets },
    openFor: { fixed },
    recover: { probes: 1, successes: 1 },
    ...(!enabled && { mode: 'disabled' as const }),
    ...(timeout !== undefined && { timeout }),
    ...(concurrent !== undefined && { bulkhead: { concurrent } }),
  };
}
